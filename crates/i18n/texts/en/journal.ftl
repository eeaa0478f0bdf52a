# Recorded work: the day, the period of a plan, the team.
journal-title-none = Nothing recorded on { $day } yet
journal-title = { $n ->
    [one] { $n } activity recorded on { $day }
   *[other] { $n } activities recorded on { $day }
}
journal-missing = { $n ->
    [one] { $n } working day in { $month } has no entry.
   *[other] { $n } working days in { $month } have no entry.
}
journal-new = Record an activity
journal-rhk = For which RHK?
journal-rhk-choose = Choose an RHK
journal-text = What did you do?
journal-text-hint = One sentence is enough, for example: Checked 12 applications for identity cards.
journal-quantity = Quantity
journal-quantity-hint = For example 12 or 2.5.
journal-unit = Unit
journal-unit-hint = For example files, visits, hours.
journal-date = Date of the activity
journal-day-hint = Not before { $earliest }. Days to come cannot be recorded.
journal-save = Save activity
journal-save-after = Your superior can see it at once. You can change it until the evaluation of this period is final.
journal-save-changes = Save changes
journal-receipt = Saved at { $time }, number { $number }.
journal-receipt-reads = The quantity was read as { $value }.
journal-reads = Read as { $value }.
journal-reads-ambiguous = Use a comma for decimals.
journal-reads-not = This is not a number. Write for example 12 or 2,5.
journal-entry-removed = The entry was deleted.
journal-repeats = What you do often
journal-repeats-hint = One tap records it for this date.
journal-repeat-do = Record again:
journal-repeat-fill = fill in the quantity
journal-entries = Entries of this day and their numbers
journal-entries-none = There is no entry on this date yet.
journal-edit = Change
journal-remove = Delete
journal-edit-title = Change the entry of { $day }
journal-back-to-day = Back to that day
journal-entry-remove-title = Delete this entry?
journal-entry-remove-text = The entry of { $day } disappears from your page and your superior’s. The history of changes is kept.
journal-calendar = Calendar of entries, { $month }
journal-months = Other months
journal-legend = The figure below a date is the number of activities. National holidays are not taken into account yet.
journal-cell-entries = { $n ->
    [one] { $n } entry
   *[other] { $n } entries
}
journal-cell-missing = empty
journal-cell-off = off
journal-to-today = Record for today
journal-to-period = See { $period }
journal-closed-title = This date cannot be recorded
journal-day-future = This day has not come yet. Record an activity after doing it.
journal-day-outside = This date lies outside your approved SKP.
journal-day-too-late = Your agency accepts entries from { $earliest } on. Older activities can be shown to your superior as evidence.
journal-day-earliest = the limit of days set by your agency
journal-day-locked = The evaluation of this period is final, so its entries are locked. They can still be read.
journal-not-approved = This SKP is not approved yet, so nothing can be recorded.
journal-key-broken = This form is incomplete. Your entry is not saved yet; press Save once more.
journal-no-skp-title = You have no SKP yet
journal-no-skp-text = Daily progress is recorded for an RHK of an approved SKP. Begin by drafting your SKP.
journal-no-skp-step = Draft an SKP
journal-no-approved-title = Your SKP is not approved yet
journal-waits-for = SKP { $year } is waiting for approval by { $name }. Once approved, you can record activities, including those of earlier days.
journal-yours-to-submit = SKP { $year } is still with you. Complete and submit it; once your superior approves it, you can record activities.
journal-superior = your superior
journal-open-skp = Open SKP { $year }

journal-saved = Saved at {"{time}"}
journal-stale = This value was just changed elsewhere. Reload to compare.
journal-stale-link = Reload
journal-restore = There is text on this device that was not sent.
journal-restore-do = Restore
journal-restore-drop = Discard
journal-period-title-open = { $period }: something is still missing
journal-period-title-complete = { $period }: every part is filled in
journal-period-title-locked = { $period }: the evaluation is final
journal-period-title-closed = { $period }: cannot be filled in yet
journal-period-outside = This period lies outside the SKP.
journal-period-locked = The evaluation of this period is final, so its content is locked. Everything can still be read.
journal-period-empty = This SKP has no RHK yet
journal-period-empty-text = Action plan, realised values and evidence are recorded for each RHK.
journal-gaps = What is still missing
journal-gaps-text = None of this blocks the evaluation, but the assessor judges by what is there.
journal-gap-plan = { $n ->
    [one] { $n } RHK has no action plan yet.
   *[other] { $n } RHK have no action plan yet.
}
journal-gap-value = { $n ->
    [one] { $n } IKI has no realised value yet.
   *[other] { $n } IKI have no realised value yet.
}
journal-gap-evidence = { $n ->
    [one] { $n } RHK has no evidence yet.
   *[other] { $n } RHK have no evidence yet.
}
journal-for-rhk = for RHK { $no }
journal-daily = Daily progress
journal-activity = Activity
journal-entries-count = { $n ->
    [one] { $n } daily entry
   *[other] { $n } daily entries
}
journal-entries-none-period = No daily entries in this period yet.
journal-feedback = Feedback
journal-feedback-give = Give feedback
journal-feedback-none = No feedback yet.
journal-feedback-count = { $n ->
    [one] { $n } remark.
   *[other] { $n } remarks.
}
journal-plan = Action plan
journal-plan-none = No action plan yet.
journal-plan-add = Add to the action plan
journal-plan-title = Change the action plan of { $period }
journal-plan-new-title = New line of the action plan, { $period }
journal-plan-rhk = RHK that it supports
journal-plan-text = Action
journal-plan-text-hint = What you will do in this period, beginning with a verb.
journal-plan-target = Target
journal-plan-target-hint = For example 3 documents or done by 30 September.
journal-plan-saved = Action plan saved.
journal-plan-removed = The line was deleted.
journal-plan-too-many = At most { $max } lines in one period.
journal-plan-remove-title = Delete this line of the action plan?
journal-plan-remove-text = The line disappears from this period. Daily entries and evidence stay.
journal-reached = Reached
journal-reached-of = Reached: { $text }
journal-reached-open = Not marked
journal-reached-yes = Reached
journal-reached-partly = Partly reached
journal-reached-no = Not reached
journal-mark = Mark
journal-values = Realised values
journal-values-none = This RHK has no IKI yet.
journal-iki = Indicator
journal-target = Target
journal-value = Realised value
journal-value-none = not filled in
journal-value-save = Save value
journal-value-saved = Value saved.
journal-value-from-service = Computed from citizens’ answers about the service { $name }; nothing to fill in.
journal-service-value = IKM { $value } from { $n } respondents
journal-service-none = No survey answers in { $period } { $year } yet
journal-source = Source
journal-reads-words = Kept as words, not as a number.
journal-evidence = Evidence
journal-evidence-none = No evidence yet.
journal-evidence-add = Add evidence
journal-evidence-link = Link to { $host } · { $at }
journal-evidence-file = { $name } · { $size } · { $at }
journal-evidence-new-title = Evidence for { $period }
journal-evidence-plan-missing = There is no action plan for this RHK yet. Evidence is accepted all the same; complete the action plan afterwards.
journal-evidence-by-link = As a link
journal-evidence-by-file = As a file
journal-evidence-url = Address of the link
journal-evidence-url-hint = Begins with https://. Make sure that your superior can open it.
journal-evidence-title = Title
journal-evidence-title-hint = What this evidence shows.
journal-evidence-file-title-hint = If empty, the name of the file is used.
journal-evidence-note = Note
journal-evidence-note-hint = Which part to look at.
journal-evidence-upload = File
journal-evidence-upload-hint = PDF, picture, Word, Excel, ODT, CSV or text; at most 10 MB, without macros.
journal-evidence-add-link = Add link
journal-evidence-add-file = Upload file
journal-evidence-added = Evidence saved.
journal-evidence-added-no-plan = Evidence saved. There is no action plan for this RHK yet.
journal-evidence-already = The same evidence is there already; nothing was added.
journal-evidence-removed = The evidence was deleted.
journal-evidence-remove-title = Delete this evidence?
journal-evidence-remove-text = Your superior no longer sees it. Its history is kept.
journal-evidence-too-many = At most { $max } pieces of evidence for one RHK in one period.
journal-link-scheme = A link must begin with http:// or https://.
journal-link-credentials = This link holds a user name or a password. Copy the link without it.
journal-link-host = The address in this link is not right. Copy it again from your browser.
journal-file-empty = Choose a file that is not empty.
journal-file-too-large = The file is larger than 10 MB. Make it smaller, or keep it in the office’s storage and add a link.
journal-file-kind = Files of this kind are not accepted. Save it as PDF and upload again.
journal-file-macros = This file holds macros. Save it without macros and upload again.
journal-team-title = { $active } of { $all } people recorded progress in { $period }
journal-team-title-none = No SKP in your team in { $period } yet
journal-team-lead = The number of entries does not measure performance. Open a person’s period to see what they did.
journal-team-empty = Nobody with an SKP this year yet
journal-team-empty-text = As soon as people below you draft their SKP, their progress is shown here.
journal-team-person = Person
journal-team-col-entries = Entries
journal-team-col-last = Last entry
journal-team-col-plans = Action plan
journal-team-col-values = Realised values
journal-team-col-evidence = Evidence
journal-team-no-entries = none yet
journal-team-entries = { $entries } on { $days } days
