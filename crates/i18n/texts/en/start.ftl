# The start page.
start-title = { $n ->
    [1] One thing waits for you
   *[other] { $n } things wait for you
}
start-title-none = Nothing waits for you
start-to-do = For you to do
start-waiting = Waiting for others
start-none = All done
start-none-text = When there is something for you to do, it appears here with its deadline.
start-new = New
start-overdue = Overdue
start-in-progress = In progress
start-plan-begin = Write your SKP { $year }
start-plan-begin-meta = You can begin now, even if your superior's SKP is not finished.
start-plan-returned = Improve your SKP { $year }
start-plan-returned-meta = Returned { $at } with remarks.
start-plan-draft = Continue your SKP { $year }
start-plan-draft-meta = Last saved { $at }.
start-read-result = Read your predikat of { $period } { $year }
start-read-result-meta = The days for an objection count from when you read it. Assessor: { $name }
start-log-today = Note today's work
start-log-today-meta = One sentence and one tap will do.
start-decide-plan = Check the SKP of { $name }
start-decide-plan-meta = Submitted { $at }.
start-rate = Rate { $period }: { $open } of { $all } people not final
start-rate-meta = Evidence and feedback stand beside each rating.
start-wait-plan = Your SKP { $year }
start-wait-plan-meta = With { $name } since { $at }.
start-wait-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
start-wait-rating = Rating of { $period } { $year }
start-wait-rating-meta = Assessor: { $name }
start-outcomes = Your results
start-team-people = People
start-team-approved = SKP { $year } approved
start-team-final = Ratings of { $period } final
start-team-of = { $n } of { $all }
start-team-all = See the whole team
start-find = Look elsewhere
start-find-services = Satisfaction and service time as citizens see them
start-find-people = Who works where
