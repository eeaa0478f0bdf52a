# Signing in and the own account.
sign-in-title = Sign in to Abdi
sign-in-login = NIP or e-mail
sign-in-login-hint = The 18-digit NIP; spaces as on your staff card are fine.
sign-in-password = Password
sign-in-button = Sign in
sign-in-help = Forgot your password? Ask your unit's administrator for a new one.
sign-in-wrong = NIP, e-mail or password do not match. Check both.
sign-in-wait = Too many attempts from this network. Try again in { $seconds } seconds.
sign-in-again = Your session has ended. Sign in again to go on.
sign-in-carried = Nothing you typed is lost. After signing in you can send it.
code-title = Enter your security code
code-label = Six-digit code
code-hint = From the authenticator on your phone, or one of your recovery codes.
code-button = Continue
code-help = The code does not depend on the time zone. If codes keep being refused, check your phone's clock.
code-wrong = The code does not match. Wait for the next one, then enter it.
code-used = This code has been used. Wait for the next one.
code-clock-ahead = Your phone's clock is about { $minutes } minutes ahead. Switch on automatic time, then try a new code.
code-clock-behind = Your phone's clock is about { $minutes } minutes behind. Switch on automatic time, then try a new code.
resume-title = Your entries are still here
resume-text = You are signed in again. Send what you had typed, or leave it.
resume-button = Send my entries
resume-discard = Leave them

# Roles, as sentences.
role-unit-admin = Unit administrator
role-agency-admin = Agency administrator
role-auditor = Auditor
role-agency-head = Head of the agency
role-counter = Counter staff
role-in-agency = the whole agency
role-in-unit = { $unit } and the units below it
role-sentence = { $role } for { $place }, since { $from }.
role-sentence-until = { $role } for { $place }, from { $from } to { $last }.

# The own account.
account-title = My account
account-crumbs = Where this page is
account-who = Who you are here
account-name = Name
account-number = NIP
account-email = E-mail
account-position = Position
account-unit = Unit
account-agency = Agency
account-agency-value = { $name }, { $zone } time
account-may = What you may do
account-may-nothing = This account has no role yet. Ask the administrator of your agency.
account-may-hint = Roles are given by the administrator of the agency and hold on the days named.
account-is-employee = Draw up your own SKP and record your own progress.
account-is-superior = Appraise the people who report to you.
account-is-head = Head your unit.
account-password = Password
account-factor = Security code
account-factor-on = On
account-factor-off = Not set up
account-factor-hint = With a security code, the password alone is not enough to open your account. You need a telephone with an authenticator.
account-codes-left = { $n ->
    [one] { $n } recovery code is left.
   *[other] { $n } recovery codes are left.
}
account-sessions = Sessions
account-since = You signed in on { $at }.
account-everywhere = Sign out everywhere
account-everywhere-hint = For when you forgot to sign out on another computer. You are signed out here, too.
account-done-password = Your password was changed. All other sessions have ended.
account-done-factor-removed = The security code was removed. All other sessions have ended.
account-copy = Copy
account-copied = Copied

# Password.
password-title = Change the password
password-title-forced = Choose your own password
password-forced-text = You signed in with a password that an administrator issued. Change it before going on.
password-current = Present password
password-issued = Password from the administrator
password-new = New password
password-new-hint = At least 12 characters. Some words that have nothing to do with one another are easy to remember and hard to guess.
password-button = Save the password
password-after = All other devices on which this account is signed in will be signed out.
password-wrong-current = The password does not match. Type it again.
password-too-short = The password is too short. Use at least 12 characters.
password-too-long = The password is too long. Use at most 200 characters.
password-personal = The password is too much like your NIP, name, birth date or e-mail address. Choose other words.
password-common = This password is among those that people use most. Choose other words.
password-unchanged = This is the present password. Choose a different one.

# Second factor.
factor-begin-title = Set up a security code
factor-step-app = Open an authenticator on your telephone
factor-step-app-text = Any authenticator with codes of six digits will do.
factor-step-scan = Scan this code
factor-step-type = Cannot scan? Type this key into the application:
factor-step-confirm = Enter the code that appears
factor-first-code = Code of six digits
factor-qr-title = Code for the authenticator
factor-qr-text = Holds the secret key of your account. The same key is written below it.
factor-qr-caption = Do not show this code to anybody.
factor-confirm-button = Switch on
factor-confirm-after = Then you get recovery codes, and other devices are signed out.
factor-codes-title = Keep your recovery codes
factor-codes-lead = If the telephone is lost, one code stands in for the six digits. Each code works once.
factor-codes-list = Recovery codes
factor-codes-once = These codes are shown only now. Print them or copy them to a safe place, not on the same telephone.
factor-codes-done = I have kept them
factor-remove-title = Remove the security code
factor-remove-lead = Afterwards the password alone opens your account.
factor-remove-button = Remove the security code
factor-renew-title = Make new recovery codes
factor-renew-lead = The old recovery codes no longer work.
factor-renew-button = Make new codes

# The first administrator.
first-title = Set up Abdi for your agency
first-lead = There is no account here yet. With the code that was printed when the server first started, you become the first administrator.
first-code-heading = Code from the server
first-code-label = First code
first-code-hint = Printed on the screen of the server. It lives 24 hours; starting the server again makes a new one.
first-code-wrong = The code does not match or has expired. Start the server again for a new one.
first-agency-heading = Agency
first-agency = Name of the agency
first-agency-hint = For example: Pemerintah Kota Contoh
first-agency-code = Code of the agency
first-agency-code-hint = Short; letters, digits, dots, hyphens and underscores only.
first-agency-code-wrong = The code of an agency has 1 to 40 letters, digits, dots, hyphens or underscores.
first-region = City or regency
first-region-hint = As it is printed before the date on forms.
first-zone = Time zone of the offices
first-zone-choice = { $code } (UTC+{ $hours })
first-account-heading = Account of the first administrator
first-name = Your name
first-email = E-mail
first-email-hint = Used for signing in.
first-email-wrong = This is not an e-mail address. Check it.
first-button = Make agency and account
first-after = Then you are signed in as agency administrator and can import the staff list.
