# Plans: lists, the whole plan, its editing, the team.
skp-you = Your
skp-title-draf = { $whose } SKP { $year } is still a draft
skp-title-diajukan = { $whose } SKP { $year } is waiting for approval
skp-title-dikembalikan = { $whose } SKP { $year } needs corrections
skp-title-disetujui = { $whose } SKP { $year } is approved
skp-title-ditutup = { $whose } SKP { $year } is closed
skp-whose = { $name }’s
skp-number = SKP { $year }

skp-status-none = Not started
skp-status-draf = Draft
skp-status-diajukan = Submitted
skp-status-dikembalikan = Returned
skp-status-disetujui = Approved
skp-status-ditutup = Closed

skp-approach-kuantitatif = Quantitative
skp-approach-kuantitatif-hint = Each RHK is measured by indicators with targets, for example 12 reports or 95%.
skp-approach-kualitatif = Qualitative
skp-approach-kualitatif-hint = Each RHK is measured by success described in words.
skp-family-aspek = by aspect
skp-family-perspektif = by perspective
skp-kind-utama = Main
skp-kind-utama-hint = Directly supports your superior’s results or the core duties of your position. At least one.
skp-kind-tambahan = Additional
skp-kind-tambahan-hint = Assignments outside your core duties, such as a committee or an acting post.
skp-holder-organisasi = Organisation
skp-holder-organisasi-hint = The result stays with the unit and your successor continues it if you move.
skp-holder-individu = Individual
skp-holder-individu-hint = The result is yours and goes with you if you move.
skp-aspect-kuantitas = Quantity
skp-aspect-kuantitas-hint = How much.
skp-aspect-kualitas = Quality
skp-aspect-kualitas-hint = How well. Can be measured by a service’s satisfaction index.
skp-aspect-waktu = Time
skp-aspect-waktu-hint = How fast, or finished by when.
skp-aspect-biaya = Cost
skp-aspect-biaya-hint = Only if the position manages a budget.
skp-perspective-penerima = Service recipients
skp-perspective-penerima-hint = What citizens experience. Can be measured by a service’s satisfaction index.
skp-perspective-proses = Business process
skp-perspective-proses-hint = How the work is carried out.
skp-perspective-internal = Internal capacity
skp-perspective-internal-hint = People, knowledge and means inside the organisation.
skp-perspective-anggaran = Budget
skp-perspective-anggaran-hint = How the budget is used and what it brings.
skp-direction-text = Follow the text of the target
skp-direction-text-hint = Abdi reads the direction from the words of the target.
skp-direction-tinggi = The higher the better
skp-direction-rendah = The lower the better
skp-direction-rentang = Between two values
skp-direction-teks = Not calculated
skp-direction-teks-hint = The target is words and is judged by reading the evidence.
skp-annex-dukungan = Resource support
skp-annex-dukungan-hint = What you need from your leader: people, budget, equipment, data.
skp-annex-pertanggungjawaban = Accountability scheme
skp-annex-pertanggungjawaban-hint = When and how you report your results.
skp-annex-konsekuensi = Consequences
skp-annex-konsekuensi-hint = What follows if results are reached or not, as regulations provide.
skp-side-owner = Employee
skp-side-assessor = Assessing official
skp-assessor-none = Superior not known yet

skp-next-draf = With { $name } since { $since }. Next: completed, then submitted.
skp-next-diajukan = With { $name } since { $since }. Next: approved, or returned with remarks.
skp-next-dikembalikan = With { $name } since { $since }. Next: corrected, then submitted again.
skp-next-disetujui = With { $name } since { $since }. Next: action plan, daily progress and evidence.
skp-next-ditutup = Closed since { $since }. There is no next step for this SKP.
skp-next-short-draf = Complete it, then submit
skp-next-short-diajukan = Waiting for { $name }
skp-next-short-dikembalikan = Correct it, then submit again
skp-next-short-disetujui = Record progress and evidence
skp-next-short-ditutup = Finished

skp-list-title = Your SKP
skp-list-title-one = Your SKP { $year }: { $status }
skp-list-lead = One SKP for one year. Once approved, the action plan and daily progress are attached to it.
skp-list-empty-title = You have no SKP yet
skp-list-empty-text = You can start now, even if your superior has no SKP yet. Save a draft and link it later.
skp-list-caption = All your SKP
skp-col-year = Year
skp-col-period = Period
skp-col-status = Status
skp-col-next = Next step
skp-col-name = Name
skp-col-nip = NIP
skp-col-position = Position
skp-col-unit = Unit
skp-col-assessor = Assessing official
skp-col-changed = Last changed
skp-new-button = Draft SKP { $year }
skp-period = { $from } to { $until }

skp-new-title = Draft a new SKP
skp-new-lead = You make an empty draft. Your superior decides on it only after you submit it.
skp-new-year = Year
skp-new-approach = Approach to results
skp-new-start = Start date
skp-new-start-hint = Fill in only if you took up this position after 1 January. Leave empty for the whole year.
skp-new-submit = Create draft
skp-new-after = After this you add the first RHK.
skp-problem-year = This year cannot be chosen. Choose last year, this year or next year.
skp-problem-start = The start date is not in the chosen year. Enter a date in that year or leave it empty.
skp-problem-date = The date cannot be read. Enter it like 31/12/2026.
skp-problem-no-position = Your position is not recorded, so an SKP cannot be made yet. Contact the administrator of your unit.
skp-problem-no-skp-due = According to your employment status no SKP is due at present. Contact the administrator of your unit if the status is wrong.
skp-problem-other-open = The SKP of that year is still open. Have it closed before drafting a new one.

skp-utama-heading = Main results
skp-tambahan-heading = Additional results
skp-utama-empty = There is no main result yet. At least one is needed.
skp-tambahan-empty = No additional results.
skp-supports = Supports the superior’s RHK: { $text }
skp-assigned = Assigned from: { $text }
skp-not-linked = Not linked to an RHK of the superior yet
skp-iki-caption = Indicators of RHK { $no }
skp-iki-short = IKI
skp-iki-long = Individual performance indicator
skp-measure = Measures of success and targets
skp-aspect = Aspect
skp-perspective = Perspective
skp-target = Target
skp-iki-none = No indicator yet.
skp-text-empty = (not filled in yet)
skp-from-service = Value from a service’s satisfaction index
skp-behaviour = Work behaviour
skp-behaviour-lead = The seven BerAKHLAK values hold for every civil servant. The leader may add special expectations.
skp-expectation = Leader’s special expectation
skp-expectation-none = No special expectation.
skp-annex = Annex
skp-annex-none = Nothing entered yet.
skp-history = History
skp-event-created = Created by { $name }
skp-event-diajukan = Submitted by { $name }
skp-event-ditarik = Submission withdrawn by { $name }
skp-event-dikembalikan = Returned by { $name }
skp-event-disetujui = Approved by { $name }
skp-event-ditutup = Closed by { $name }
skp-event-system = the system
skp-returned-heading = Remarks from { $name }
skp-details = Details
skp-approach = Approach
skp-documents = Documents
skp-print-a4 = Download PDF (A4)
skp-print-f4 = Download PDF (F4)
skp-name = Name
skp-no-number = no NIP

skp-findings-heading = Before submission
skp-findings-ready = Everything required is filled in.
skp-findings-blocking =
    { $n ->
        [one] 1 thing must be completed before submission
       *[other] { $n } things must be completed before submission
    }
skp-findings-hints = Suggestions for writing (they do not prevent submission)
skp-finding-no-superior = Your superior is not known. Contact the administrator of your unit; you can go on drafting meanwhile.
skp-finding-no-utama = There are not enough main results. Add a main RHK.
skp-finding-rhk-empty = { $place }: has no text yet.
skp-finding-rhk-without-iki = { $place }: has no indicator yet. Add at least one.
skp-finding-iki-empty = { $place }: the indicator has no text yet.
skp-finding-iki-without-target = { $place }: has no target yet. Enter for example 12 reports or 95%.
skp-finding-iki-without-aspect = { $place }: no aspect chosen.
skp-finding-iki-without-perspective = { $place }: no perspective chosen.
skp-finding-rhk-not-linked = { $place }: not linked to an RHK of the superior. You can link it later.
skp-finding-rhk-without-verb = { $place }: begin with the result, for example Tersusunnya or Meningkatnya.
skp-finding-rhk-too-short = { $place }: too short to be understood by others.
skp-finding-target-without-number = { $place }: a target without number or date is hard to judge.
skp-finding-annex-empty = { $place } in the annex is empty.
skp-where-rhk = { $kind } RHK { $no }
skp-where-iki = { $kind } RHK { $no }, indicator { $iki }

skp-add-rhk = Add RHK
skp-add-iki = Add indicator
skp-change = Change
skp-change-rhk = Change RHK { $no }
skp-change-iki = Change indicator { $no }
skp-remove = Remove
skp-move-up = Move up
skp-move-up-rhk = Move RHK { $no } up
skp-move-down = Move down
skp-move-down-rhk = Move RHK { $no } down
skp-edit-expectations = Change expectations
skp-edit-annex = Change annex
skp-submit = Submit
skp-submit-after = After this the SKP is with { $name }, to be approved or returned. Until it is decided you can withdraw it.
skp-submit-after-nobody = After this the SKP is with your superior, to be approved or returned. Until it is decided you can withdraw it.
skp-withdraw = Withdraw submission
skp-withdraw-after = The SKP becomes a draft again and you can change it.
skp-approve = Approve
skp-approve-after = After this { $name } carries out the SKP and records progress. The names and positions of both parties are kept as of today.
skp-return = Return for correction
skp-return-heading = Does something need correction?
skp-remark = Remarks for the employee
skp-remark-hint = Say which part and what you expect, for example: raise the target of main RHK 2 to 12 reports.
skp-decide-heading = Your decision
skp-close = Close SKP
skp-close-title = Close { $whose } SKP { $year }?
skp-close-text = Close the SKP when the employee changes position, retires, or the year ends. Work until the last day can still be recorded and evaluated.
skp-close-day = Last day in the position
skp-close-remark = Reason
skp-problem-close-day = The last day is not within the period of this SKP. Choose a day within its period.

skp-said-created = Draft created. Add the first RHK.
skp-said-saved = Saved.
skp-said-removed = Removed.
skp-said-submitted = The SKP has been submitted.
skp-said-withdrawn = Submission withdrawn. The SKP is a draft again.
skp-said-approved = The SKP is approved.
skp-said-returned = The SKP is returned with your remarks.
skp-said-closed = The SKP is closed.
skp-said-locked = This SKP cannot be changed at present. See its status below.
skp-stale-step = This SKP changed after you opened it. Your action was not carried out. Check the latest content below, then decide again.
skp-problem-incomplete = It cannot be submitted yet. Complete what is named below.
skp-problem-state = This cannot be done because the status of the SKP is now: { $status }.
skp-problem-own = Nobody decides on their own SKP. Contact the administrator of your unit so that the right assessing official is set.
skp-problem-identity = The record of the employee or the assessing official is incomplete today. Contact the administrator of your unit to complete both positions.
skp-problem-not-editable = Your input was not saved because the status of the SKP is now: { $status }.
skp-problem-parent = This RHK is not in your superior’s SKP of this year. Choose another or leave it empty.
skp-problem-classification = This choice does not apply to your kind of SKP.
skp-problem-direction = This direction does not fit the target. Enter a number as target, or choose to follow the text.
skp-problem-service = A service index only measures the perspective Service recipients or the aspect Quality. Change that choice or enter the value yourself.
skp-problem-service-unknown = This service was not found. Choose another.
skp-problem-too-many = There are { $max } already. Remove or combine one before adding.
skp-problem-order = The order cannot be changed because the list of RHK has changed. Try again from the latest list.
skp-problem-supported =
    { $n ->
        [one] 1 RHK of a subordinate rests on this RHK.
       *[other] { $n } RHK of subordinates rest on this RHK.
    }

skp-saving = Saving…
skp-saved = Saved at {"{"}time{"}"}
skp-offline = Not sent yet - waiting for the network
skp-stale-autosave = Changed by somebody else. Automatic saving has stopped; press Save to compare.
skp-leave = Some input has not been saved yet.
skp-restore = There is input from an earlier visit that has not been saved.
skp-restore-do = Use that input
skp-restore-drop = Discard it

skp-rhk-new-title = New RHK
skp-rhk-title = Change RHK
skp-rhk-text = Planned result (RHK)
skp-rhk-text-hint = Write the result that will exist in the end, not the activity. Begin with words such as Tersusunnya, Meningkatnya, Terlayaninya.
skp-rhk-kind = Kind of result
skp-rhk-parent = Supports the superior’s RHK
skp-rhk-parent-none = Not linked yet
skp-rhk-parent-hint = Choose the RHK of your superior that this result supports.
skp-rhk-parent-waiting = Your superior has not submitted an SKP for this year. You can still draft and submit; link it later or write where the assignment comes from.
skp-rhk-parent-nobody = Your superior is not known. Write where the assignment comes from; a link can be added later.
skp-rhk-parent-option = { $kind } { $no }: { $text }
skp-rhk-parent-changing = { $kind } { $no }: { $text } (not approved yet, may change)
skp-rhk-parent-kept = Present link: { $text }
skp-rhk-assigned = Origin of the assignment
skp-rhk-assigned-hint = Fill in when no RHK of the superior fits, for example a performance agreement or a directive of the mayor.
skp-rhk-holder = Classification
skp-rhk-save-add = Save and add an indicator
skp-rhk-remove-title = Remove this RHK?
skp-rhk-remove-text = Its indicators are removed with it. This cannot be undone.
skp-rhk-remove-supported =
    { $n ->
        [one] 1 RHK of a subordinate supports this RHK. Its link is released, and the text of this RHK is kept there as the origin of the assignment.
       *[other] { $n } RHK of subordinates support this RHK. Their links are released, and the text of this RHK is kept there as the origin of the assignment.
    }
skp-examples = Examples of writing
skp-example-weak = Less good
skp-example-better = Better
skp-rhk-weak-1 = Melaksanakan pelayanan KTP
skp-rhk-better-1 = Terlayaninya permohonan KTP-el sesuai janji layanan
skp-rhk-weak-2 = Mengikuti rapat dan menyusun laporan
skp-rhk-better-2 = Tersusunnya laporan kinerja bidang yang siap ditandatangani
skp-rhk-weak-3 = Membantu pimpinan
skp-rhk-better-3 = Terkelolanya agenda dan tindak lanjut arahan pimpinan
skp-iki-weak-1 = Jumlah kegiatan; target: banyak
skp-iki-better-1 = Jumlah laporan bulanan yang disampaikan; target: 12 laporan
skp-iki-weak-2 = Kualitas laporan; target: baik
skp-iki-better-2 = Persentase laporan yang diterima tanpa perbaikan; target: 90%
skp-iki-weak-3 = Selesai tepat waktu
skp-iki-better-3 = Lama penyelesaian permohonan; target: paling lama 3 hari
skp-iki-new-title = New indicator
skp-iki-title = Change indicator
skp-iki-of = For the RHK: { $text }
skp-iki-text = Individual performance indicator (IKI)
skp-iki-text-hint = What is counted or observed, for example the share of applications finished as promised.
skp-iki-text-qualitative = Measure of success
skp-iki-text-qualitative-hint = What can be observed when it succeeds, with its target.
skp-target-hint = A number with a unit, a limit, a range, or words: 2 Dokumen, 95,5%, 90-100%, paling lama 3 hari.
skp-target-optional-hint = May stay empty if the measure of success names the target.
skp-direction = Direction of the value
skp-direction-hint = Change only if the reading below the target is not what you mean.
skp-service = Source of the realised value
skp-service-hint = If you choose a service, the satisfaction index of its citizens becomes evidence for this indicator.
skp-service-manual = I enter it myself with evidence
skp-service-index = Satisfaction index: { $name }
skp-read-least = Read as: at least { $value }.
skp-read-most = Read as: at most { $value }.
skp-read-range = Read as: from { $from } to { $until }.
skp-read-words = Read as words; not calculated automatically.
skp-read-ambiguous = The point is read as a separator of thousands. Use a comma for decimals.
skp-iki-remove-title = Remove this indicator?
skp-iki-remove-text = The indicator and its target are removed from the draft.
skp-remove-cancel = Cancel
skp-expectations-title = Leader’s special expectations
skp-expectations-lead-owner = Write notes for the talk with your superior, who can change them until the SKP is decided.
skp-expectations-lead-superior = Write only what you specially expect of { $name }. An empty part means no special expectation.
skp-annex-title = Annex of the SKP
skp-annex-lead = One line for one item. Empty lines are ignored.
skp-annex-line-long = Line { $line } is too long. At most { $max } characters.
skp-back-to-plan = Back to the SKP

skp-team-title =
    { $n ->
        [one] 1 SKP is waiting for your approval
       *[other] { $n } SKP are waiting for your approval
    }
skp-team-title-none = No SKP is waiting for you
skp-team-lead =
    { $n ->
        [one] SKP { $year } of the 1 person you assess.
       *[other] SKP { $year } of the { $n } people you assess.
    }
skp-team-empty-title = No subordinates are recorded yet
skp-team-empty-text = If this is wrong, contact the administrator of your unit so that the reporting line is corrected.
skp-team-filter = Filter by status
skp-team-all = All
skp-team-waiting = Waiting for your approval
skp-team-none-here = No SKP has this status.
skp-team-own-missing = Your own SKP { $year } has not been submitted, so subordinates cannot link their RHK yet. They can draft all the same.
skp-team-own-link = Open your SKP
skp-team-caption = SKP of your team in { $year }
skp-team-check = Review
skp-team-check-name = Review { $name }’s SKP
skp-team-open = Open
skp-team-open-name = Open { $name }’s SKP

skp-register-title =
    { $n ->
        [one] 1 SKP in { $year }
       *[other] { $n } SKP in { $year }
    }
skp-register-lead = Every SKP within your scope.
skp-register-unit = Unit
skp-register-unit-hint = Name or code of a unit; units below it are included.
skp-register-any = Every status
skp-register-filter = Filter
skp-register-caption = SKP within your scope
skp-register-empty = No SKP matches the filter.
skp-register-no-unit = There is no unit with that name or code.
skp-export-title = List of SKP { $year }
skp-export-made = Downloaded { $moment } by { $name }
skp-export-filter = Filter: year { $year }, status { $status }, unit { $unit }
skp-export-all = all
skp-export-cut = Only the first { $max } rows. Narrow the filter for the rest.
skp-team-tab-plans = Plans (SKP)
skp-team-tab-progress = Progress
skp-team-tab-ratings = Ratings
skp-to-work = This quarter’s work: progress, values and evidence
