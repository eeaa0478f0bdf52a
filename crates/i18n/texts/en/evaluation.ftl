# Evaluations, the achievement of units, printed forms and the public check.
evaluation-rating-above = Above Expectations
evaluation-rating-meets = Meets Expectations
evaluation-rating-below = Below Expectations
evaluation-predikat-sangat-baik = Very Good
evaluation-predikat-baik = Good
evaluation-predikat-butuh-perbaikan = Needs Improvement
evaluation-predikat-kurang = Poor/Misconduct
evaluation-predikat-sangat-kurang = Very Poor
evaluation-achievement-istimewa = Outstanding
evaluation-achievement-baik = Good
evaluation-achievement-butuh-perbaikan = Needs Improvement
evaluation-achievement-kurang = Poor
evaluation-achievement-sangat-kurang = Very Poor
evaluation-status-none = Not opened
evaluation-status-belum-dinilai = Not rated
evaluation-status-dinilai = Rated, not final
evaluation-status-final = Final, not read
evaluation-status-diterima = Final, read
evaluation-short-above = above
evaluation-short-meets = meets
evaluation-short-below = below
evaluation-predikat = Predikat
evaluation-results = Results
evaluation-behaviour = Behaviour
evaluation-achievement = Unit achievement
evaluation-unit = Unit
evaluation-crumbs = Where this page is
evaluation-as-table = See as a table
evaluation-history = History
evaluation-do = Action
evaluation-part = Part
evaluation-reload = Reload the page
evaluation-stale = This evaluation was just changed elsewhere. Reload to see the newest values; what you typed stays on this page.
evaluation-here = You are here
evaluation-here-of = Placed here
evaluation-basis = Basis: { $article }
evaluation-basis-unseen = Basis: { $article } (read at second hand)
evaluation-basis-setting = Basis: { $article } (a setting of the agency)
evaluation-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
evaluation-quadrant = Performance quadrant
evaluation-quadrant-desc = Results { $result }, behaviour { $behaviour }: predikat { $predikat }.
evaluation-quadrant-caption = Predikat by results (rows) and behaviour (columns)
evaluation-quadrant-see = See the quadrant
evaluation-dist-heading = Distribution of predikat: { $unit }
evaluation-dist-nobody = Nobody of this unit has been rated in this period yet.
evaluation-dist-no-achievement = The unit's achievement is not set, so the distribution cannot be compared with its pattern yet.
evaluation-dist-small = This unit is too small to be compared with the pattern: fewer than { $n } people.
evaluation-dist-inside = The distribution fits the pattern for the unit's achievement.
evaluation-dist-outside = The distribution lies outside the pattern for the unit's achievement.
evaluation-dist-achievement = Unit achievement:
evaluation-dist-provisional = { $n ->
    [one] { $n } of these predikat is not final.
   *[other] { $n } of these predikat are not final.
}
evaluation-dist-unrated = { $n ->
    [one] { $n } person is not rated and not counted yet.
   *[other] { $n } people are not rated and not counted yet.
}
evaluation-dist-mode = The predikat expected to be the most frequent for this achievement is not the most frequent. This is only a hint.
evaluation-dist-no-quota = The pattern is something the assessor considers, not a quota. No predikat is changed because of it.
evaluation-dist-frame = Dashed frame: the share that the pattern suggests
evaluation-dist-not-judged = not compared
evaluation-dist-free = no limit
evaluation-dist-none = none
evaluation-dist-most = at most { $max }%
evaluation-dist-least = at least { $min }%
evaluation-dist-between = { $min }% to { $max }%
evaluation-people-heading = People
evaluation-share = Share
evaluation-allowed = By the pattern
evaluation-outside = outside the pattern
evaluation-violation-sb-max-70 = More than 70% of the people are Very Good.
evaluation-violation-b-max-70 = More than 70% of the people are Good.
evaluation-violation-bp-or-k = Nobody is at Needs Improvement or Poor, though the pattern expects some.
evaluation-violation-bp-min-60 = Fewer than 60% of the people are at Needs Improvement.
evaluation-violation-k-min-60 = Fewer than 60% of the people are Poor.
evaluation-violation-bp-min-10 = Fewer than 10% of the people are at Needs Improvement.
evaluation-violation-sb-max-10 = More than 10% of the people are Very Good.
evaluation-violation-sk-min-60 = Fewer than 60% of the people are Very Poor.
evaluation-violation-k-or-bp-min-10 = Fewer than 10% of the people are Poor or at Needs Improvement.
evaluation-violation-sb-none = Somebody is Very Good, though the pattern expects nobody.
evaluation-event-open = Evaluation opened
evaluation-event-rate = Both ratings given
evaluation-event-final = Predikat made final
evaluation-event-receive = Read by the employee
evaluation-event-hand-over = Handed over to the new assessor
evaluation-event-other = Another change
evaluation-kind-main = Main
evaluation-kind-additional = Additional
evaluation-supports = Supports the superior's RHK: { $text }
evaluation-results-none = This SKP holds no planned results yet.
evaluation-indicators = Indicators, targets and realised values
evaluation-indicator = Indicator
evaluation-target = Target
evaluation-realised = Realised
evaluation-source = Source: { $source }
evaluation-outcome-exceeded = Beyond the target
evaluation-outcome-reached = Target reached
evaluation-outcome-below = Below the target
evaluation-outcome-missing = No value yet
evaluation-outcome-words = Judged by its words
evaluation-outcome-few = Too few answers
evaluation-service-index = IKM { $value } (category { $mutu }), n = { $n }
evaluation-service-index-plain = IKM { $value }, n = { $n }
evaluation-service-interval = 95% confidence interval: { $low } to { $high }
evaluation-service-few = Fewer than { $n } answers, so it does not count in the proposal.
evaluation-evidence = Evidence
evaluation-evidence-none = No evidence yet.
evaluation-feedback = Continuous feedback
evaluation-feedback-none = No feedback yet.
evaluation-behaviour-evidence = Feedback for each BerAKHLAK value
evaluation-expectation = The leader's special expectation: { $text }
evaluation-giver-superior = Assessor
evaluation-giver-above = The assessor's superior
evaluation-tone-good = Recognition
evaluation-tone-neutral = Remark
evaluation-tone-improve = To improve
evaluation-entries = { $n ->
    [one] { $n } progress entry
   *[other] { $n } progress entries
} on { $days ->
    [one] { $days } day
   *[other] { $days } days
} of this period.
evaluation-entries-none = No progress entries in this period yet.
evaluation-entries-link = See the records of this period
evaluation-mine-unread = { $n ->
    [one] { $n } predikat waits for you to read it
   *[other] { $n } predikat wait for you to read them
}
evaluation-mine-latest = Your latest predikat: { $predikat } ({ $when })
evaluation-mine-none = You have no predikat yet
evaluation-mine-lead = Every period leads to one predikat, with its reasons. Open one to see how it came about.
evaluation-mine-to-read = Not read by you yet
evaluation-mine-read = Read by you
evaluation-mine-waiting = The rating is with { $name }.
evaluation-mine-empty = No evaluations yet
evaluation-mine-empty-text = Your assessor opens an evaluation once the SKP is approved and its period is running. Until then, record the progress of your work.
evaluation-set-by = Set by { $name } on { $day }.
evaluation-objection-until = An objection is possible until { $at } ({ $left }).
evaluation-objection-over = The time for an objection ended on { $at }.
evaluation-objection-not-begun = The days for an objection begin after the predikat has been read.
evaluation-objection-to = An objection is made in writing with reasons to the assessor's superior: { $name }, { $position }.
evaluation-waiting-title = The evaluation of { $when } is not final yet
evaluation-waiting-title-of = The evaluation of { $when } is not final yet: { $name }
evaluation-waiting-holder = The rating is with { $name } ({ $position }).
evaluation-waiting-since = Opened on { $at }.
evaluation-waiting-next = What comes next
evaluation-waiting-rate = The assessor gives two ratings
evaluation-waiting-rate-text = Results and behaviour are judged from evidence, realised values and feedback.
evaluation-waiting-final = The predikat is made final
evaluation-waiting-final-text = The predikat follows from the quadrant. Until it is final, no provisional rating is shown.
evaluation-waiting-read = The employee reads it and may object
evaluation-waiting-read-text = All steps and reasons are shown on this page.
evaluation-waiting-work = Complete values and evidence
evaluation-waiting-work-of = See values and evidence
evaluation-see-skp = See the SKP
evaluation-said-draft = Draft saved. No rating has been given yet.
evaluation-said-rated = Ratings saved. The predikat counts once it is made final.
evaluation-said-final = The predikat is final. The employee can read it now.
evaluation-said-already-final = This evaluation is final, so what was sent is not saved.
evaluation-said-received = Thank you. The time is recorded and the days for an objection begin tomorrow.
evaluation-said-achievement = The unit's achievement is saved.
evaluation-rate-title = Rate { $name }, { $when }
evaluation-team = Team evaluations
evaluation-what-counts = What it rests on
evaluation-your-judgement = Your judgement
evaluation-proposal = Proposal for results:
evaluation-proposal-none = none possible yet
evaluation-proposal-note = The proposal is computed from values and targets and never applies itself. The judgement stays yours.
evaluation-tally = Of { $total } indicators: { $reached } reached the target ({ $exceeded } of them went beyond), { $below } below it, { $missing } without a value that counts, { $words } judged by their words.
evaluation-head-rule = This employee heads the unit: the rating of results is the unit's achievement.
evaluation-head-missing = The unit's achievement has not been set one level above. Without it no predikat can be made final.
evaluation-results-hint = Consider values, evidence and feedback beside. Nothing is chosen beforehand.
evaluation-result-above = Results go beyond the expectation, and no main result lies below it.
evaluation-result-meets = Most results meet the expectation; only a very small part of the main results lies below.
evaluation-result-below = Most or all results miss the standard that the leader set.
evaluation-behaviour-hint = Consider the feedback for each BerAKHLAK value and the leader's special expectations.
evaluation-behaviour-above = Shows the BerAKHLAK values consistently and moves others or is a role model.
evaluation-behaviour-meets = Shows the BerAKHLAK values consistently in the own work.
evaluation-behaviour-below = Does not show the BerAKHLAK values consistently yet, or misconduct.
evaluation-result-reason = Reason for the rating of results
evaluation-behaviour-reason = Reason for the rating of behaviour
evaluation-reason-hint = Required for above or below expectations, at least { $n } characters. The employee will read this reason.
evaluation-recommendation = Notes and recommendation
evaluation-recommendation-hint = What to keep, develop or support in the next period.
evaluation-save = Save the ratings
evaluation-save-again = Save the changes
evaluation-after-save = Next you review predikat and distribution, then make it final. The employee sees nothing yet.
evaluation-after-rated = The ratings can change until they are final. The employee sees nothing yet.
evaluation-go-final = Review and make final: { $predikat }
evaluation-print = Print the evaluation form
evaluation-problem-achievement = The unit's achievement is not set. Ask the leader one level above this unit.
evaluation-problem-derived = The rating of results of a head follows from the unit and cannot be chosen.
evaluation-problem-result = Choose a rating of results.
evaluation-problem-behaviour = Choose a rating of behaviour.
evaluation-problem-reason = Write the reason, at least { $n } characters. A rating above or below expectations needs one.
evaluation-answer-title = Your predikat: { $predikat }
evaluation-answer-title-of = Predikat of { $name }: { $predikat }
evaluation-why = Why is my predikat like this?
evaluation-why-of = Why is the predikat like this?
evaluation-disagrees = This record does not agree with itself
evaluation-disagrees-text = The stored predikat differs from the one computed anew from the two ratings. Do not rely on this page; tell the agency's administrator.
evaluation-step-organisation = Unit achievement: { $achievement }
evaluation-step-organisation-by = Set one level above the unit by { $name } on { $day }.
evaluation-step-result = Results: { $rating }
evaluation-step-as-proposed = The rating is the one that was proposed from the values.
evaluation-step-not-as-proposed = The values led to the proposal { $rating }; the assessor decided otherwise.
evaluation-step-no-proposal = There were too few values for a proposal.
evaluation-step-evidence = See evidence and values
evaluation-step-behaviour = Behaviour: { $rating }
evaluation-step-feedback = { $n ->
    [one] { $n } remark in this period
   *[other] { $n } remarks in this period
}: { $values }.
evaluation-step-no-feedback = There was no written feedback on values in this period.
evaluation-step-remarks = See the feedback
evaluation-step-quadrant = Quadrant: { $predikat }
evaluation-step-quadrant-text = Results { $result } and behaviour { $behaviour } give { $predikat }.
evaluation-step-distribution = Distribution of predikat in the unit
evaluation-step-distribution-see = See the distribution
evaluation-step-small = The unit is too small to be shown without naming people, so its counts stay closed.
evaluation-step-inside = The distribution of { $n ->
    [one] { $n } person
   *[other] { $n } people
} fits the pattern.
evaluation-step-outside = The distribution of { $n ->
    [one] { $n } person
   *[other] { $n } people
} lies outside the pattern; the reason is recorded.
evaluation-step-not-judged = The distribution of { $n ->
    [one] { $n } person
   *[other] { $n } people
} cannot be compared with the pattern yet.
evaluation-step-objection = Objection
evaluation-step-objection-to = A written objection with reasons goes to { $name }. Their decision is final.
evaluation-receive = I have read this
evaluation-receive-after = The time is recorded. You do not thereby agree; the days for an objection begin tomorrow.
evaluation-changes = What would change it
evaluation-changes-none = This is the highest predikat.
evaluation-if-behaviour = With behaviour rated { $rating }, the predikat becomes { $predikat }.
evaluation-if-result = With results rated { $rating }, the predikat becomes { $predikat }.
evaluation-if-both = With results rated { $result } and behaviour { $behaviour }, the predikat becomes { $predikat }.
evaluation-documents = Documents
evaluation-pdf-papers = PDF, A4 or F4, with a check code
evaluation-kind-skp = Sasaran Kinerja Pegawai (performance plan)
evaluation-kind-evaluasi = Evaluasi Kinerja Pegawai (performance evaluation)
evaluation-kind-evaluasi-hint = Results, values, feedback, both ratings and the predikat.
evaluation-kind-dokumen = Dokumen Evaluasi Kinerja Pegawai (evaluation document)
evaluation-kind-dokumen-hint = The official summary: parties, unit achievement, predikat, notes and receipt.
evaluation-final-title = Make predikat { $predikat } final for { $name }?
evaluation-final-person = { $name } · { $when }
evaluation-final-result = Predikat to be made final
evaluation-final-included = The figures below include this evaluation.
evaluation-final-head = The head of a unit is not counted in its distribution.
evaluation-final-what = Once it is final
evaluation-final-what-stands = Ratings, reasons and predikat cannot be changed here any more.
evaluation-final-what-locked = Records, values and evidence of this period are locked.
evaluation-final-what-read = The employee can read it, and the days for an objection count from then.
evaluation-final-do = Make predikat { $predikat } final
evaluation-final-back = Back to the ratings
evaluation-final-stale = This evaluation has just changed. Check the newest values below before making it final.
evaluation-pattern-reason = Reason for leaving the pattern
evaluation-pattern-reason-hint = At least { $n } characters. The reason is recorded and shown in the explanation.
evaluation-problem-pattern = The unit's distribution leaves the pattern. Write the reason, at least { $n } characters.
evaluation-problem-blocked = The agency does not allow evaluations outside the pattern. Review the ratings or ask the agency's administrator.
evaluation-team-title = { $when }: { $done } of { $all } are final
evaluation-team-done = { $when }: all { $all } are final
evaluation-team-nobody = { $when }: nobody for you to rate
evaluation-team-lead = Rate everybody from evidence and feedback. What is incomplete is marked.
evaluation-team-running = This period is still running. Ratings are best given after it ends.
evaluation-team-empty = No SKP for you to rate
evaluation-team-empty-text = People appear here once they have handed in an SKP to you for this year.
evaluation-team-without = { $n ->
    [one] { $n } person has
   *[other] { $n } people have
} no SKP for { $year }
evaluation-person = Person
evaluation-plan = SKP
evaluation-completeness = Completeness
evaluation-state = State
evaluation-values = { $realised } of { $all } indicators have a value
evaluation-values-none = No indicator with a value of one's own
evaluation-rest = { $evidence ->
    [one] { $evidence } piece
   *[other] { $evidence } pieces
} of evidence, { $feedback ->
    [one] { $feedback } remark
   *[other] { $feedback } remarks
}
evaluation-incomplete = Incomplete
evaluation-provisional = Provisional: { $predikat }
evaluation-action-open = Begin rating
evaluation-action-rate = Rate
evaluation-action-finalise = Review
evaluation-action-see = See
evaluation-problem-skp = This SKP is not approved, so it cannot be rated yet.
evaluation-problem-period = This period has not begun or lies outside the SKP.
evaluation-units-link = Unit achievements
evaluation-units-lead = A unit's achievement is set one level above. It decides the pattern of the distribution and the rating of results of its head.
evaluation-units-none-title = No units for you to set
evaluation-units-done = Achievements of { $when }: all units are set
evaluation-units-missing = Achievements of { $when }: { $n ->
    [one] { $n } unit is
   *[other] { $n } units are
} not set
evaluation-units-empty = No units directly below you
evaluation-units-empty-text = This page is for leaders with units below theirs.
evaluation-units-finals = { $finals } of { $all } evaluations are final
evaluation-units-see = See or change
evaluation-units-set = Set
evaluation-finals = Evaluations
evaluation-basis-heading = What it rests on
evaluation-basis-hint = Give figures and their source, such as how many action plans reached their target. At least { $n } characters.
evaluation-meaning-istimewa = Action plans go beyond the target agreed with the leader.
evaluation-meaning-baik = Action plans reach the target at the agreed quality.
evaluation-meaning-butuh-perbaikan = There is progress, but guidance and improvement are needed.
evaluation-meaning-kurang = Part of the strategic targets is missed or below standard.
evaluation-meaning-sangat-kurang = Most action plans show no progress yet.
evaluation-achievement-title = Achievement of { $unit }: { $achievement }
evaluation-achievement-unset = The achievement of { $unit } for { $when } is not set
evaluation-achievement-lead = This achievement decides the pattern of predikat in the unit and is its head's rating of results.
evaluation-achievement-now = What stands now
evaluation-achievement-of = Unit achievement, { $when }
evaluation-achievement-stands = { $n ->
    [one] { $n } evaluation of this unit is
   *[other] { $n } evaluations of this unit are
} final, so its achievement cannot change.
evaluation-achievement-save = Set the achievement
evaluation-achievement-after = It can change until the first evaluation of this unit is final. Every change is recorded.
evaluation-achievement-wait = The achievement is not set
evaluation-achievement-wait-text = The leader one level above this unit sets it after the period.
evaluation-unit-page = See the unit's page
evaluation-problem-choice = Choose an achievement.
evaluation-problem-finals = { $n ->
    [one] { $n } evaluation of this unit is
   *[other] { $n } evaluations of this unit are
} final, so its achievement cannot change any more.
evaluation-problem-not-begun = This period has not begun.
evaluation-problem-basis = Write what it rests on in a sentence, at least { $n } characters.
evaluation-print-skp = Print the SKP { $year }
evaluation-print-title = Print the evaluation of { $when }
evaluation-print-lead = Every print gets a check code and a QR code, so that anyone can check whether it still stands.
evaluation-print-draft = This is not final: every page carries a watermark, and nobody is recorded as having signed.
evaluation-print-do = Make the PDF
evaluation-print-after = The print is recorded, then the PDF opens.
evaluation-print-not-built = This program was installed without the document engine. Ask the agency's administrator.
evaluation-print-too-large = The content is too long for the official form. Shorten it and try again.
evaluation-print-stale = The data kept changing during the print. Try again in a moment.
evaluation-which-form = Form
evaluation-paper = Paper size
evaluation-paper-a4 = A4 (210 x 297 mm)
evaluation-paper-f4 = F4/folio (215 x 330 mm)
evaluation-replaced-title = This print has been replaced
evaluation-replaced-text = What was printed has changed, so the same file cannot be made again. A copy that you kept can still be checked.
evaluation-replaced-again = Print the newest
evaluation-replaced-check = Open the check page
evaluation-check-title = Check a document
evaluation-check-lead = Type the code at the foot of the document.
evaluation-check-code = Check code
evaluation-check-code-hint = Ten letters and digits, such as K7M2Q-9XDVA.
evaluation-check-do = Check
evaluation-check-malformed = This code is incomplete. A code has ten letters and digits.
evaluation-check-unknown = There is no document with this code. Check the code; if it is right, do not trust the paper and ask the agency.
evaluation-check-unknown-title = Document not found
evaluation-check-valid-title = This document stands
evaluation-check-valid = In force
evaluation-check-valid-text = What was printed is still what the agency has on record. Compare the file to be sure that it was not altered.
evaluation-check-replaced-title = This document has been replaced
evaluation-check-replaced = Replaced
evaluation-check-replaced-text = This document was printed, but the record has changed since. Ask for a newer print.
evaluation-check-status = Status
evaluation-check-kind = Kind of document
evaluation-check-name = Name of the document
evaluation-check-agency = Agency
evaluation-check-printed = Printed
evaluation-check-signers = Agreed by
evaluation-check-unsigned = Nobody; it was a draft when it was printed
evaluation-check-digest = File digest (SHA-256)
evaluation-check-compare = Compare the PDF file
evaluation-check-file = PDF file
evaluation-check-file-hint = At most 10 MB. Only the digest is computed; the file is not kept.
evaluation-check-compare-do = Compare
evaluation-check-same = Your file is exactly the one that was printed.
evaluation-check-different = Your file differs from the one that was printed. A scan of paper always differs; compare its content with a document from the agency.
evaluation-check-nothing = Choose a PDF file first.
evaluation-check-qr = A QR code is not a signature. It only leads to this page; what proves a document are its digest and the agency's record.
evaluation-check-another = Check another document
