# Continuous feedback on a plan.
feedback-title = { $n ->
    [one] { $n } remark for { $name } in { $period }
   *[other] { $n } remarks for { $name } in { $period }
}
feedback-title-none = No feedback for { $name } in { $period } yet
feedback-you = you
feedback-lead = Feedback is given at any time by the superior or the superior’s superior, and the employee sees it at once.
feedback-by-rhk = Results
feedback-by-value = Behaviour
feedback-none = No feedback yet.
feedback-give = Give feedback
feedback-give-title = Feedback for { $name }
feedback-about-rhk = About the RHK: { $text }
feedback-about-value = About the value { $value }
feedback-tone = Tone of the feedback
feedback-tone-positive = This is good and should go on.
feedback-tone-neutral = This is something to note.
feedback-tone-improve = This needs to improve.
feedback-tag-positive = Recognition
feedback-tag-neutral = Note
feedback-tag-improve = Needs improvement
feedback-text = Feedback
feedback-text-hint = Say what you saw and what followed, for example: The August files were done two days early, so the queue became shorter.
feedback-send = Send feedback
feedback-after = { $name } can read it at once. Feedback cannot be changed; add another remark to correct it.
feedback-sent = Feedback saved at { $time }. The employee can read it at once.
feedback-by = { $name } · { $role } · { $at }
feedback-role-superior = superior
feedback-role-above = superior’s superior
feedback-to-period = See { $period }
feedback-not-approved = This SKP is not approved yet, so feedback cannot be given.
feedback-period-outside = This period has not begun or lies outside the SKP.
feedback-period-locked = The evaluation of this period is final, so no feedback is added any more.
feedback-key-broken = This form is incomplete. Your text is not saved yet; send it once more.
