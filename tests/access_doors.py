"""Which verb opens to whom, by hand: read it against product.md section 5."""

# verb                C clerk, A approver, H chair, K ballot committee, D delegate, Q administrator
DOORS = """
account.edit         . . . . . Q
agenda.edit          C A . . . .
agenda.run           C A H . . .
archive.approve      . A H . . .
archive.edit         C A . . . .
attendance.edit      C A . . . .
audit.read           . A H . . Q
certificate.edit     . . . . . Q
committee.edit       C A H . . .
council.edit         . . . . . Q
count.confirm        . . . K . .
count.enter          . . . K . .
count.reconcile      . . . K . .
delegate.read        C A H K D .
indicator.edit       C A . . . .
notice.edit          C A . . . .
notice.sign          . . H . . .
office.approval      C A . . . Q
office.edit          C A . . . Q
open_vote.edit       C A H . . .
outcome.read         C A H K . Q
paper.edit           C A . . . .
paper.release        . A H . . .
people.edit          C A . . . Q
people.import        C A . . . Q
poll.annul           . . H . . .
poll.close           C A H . . .
poll.edit            C A . . . .
poll.open            C A H . . .
print.make           C A H . . .
regulation.edit      C A . . . Q
register.keep        C A . . . .
resolution.adopt     C A H . . .
resolution.approve   . A H . . .
resolution.edit      C A . . . .
resolution.seal      C A . . . .
resolution.sign      . . H . . .
resolution.submit    C A . . . .
session.approve      . A H . . .
session.close        C A H . . .
session.convene      C A . . . .
session.edit         C A . . . .
session.submit       C A . . . .
session_text.approve . A H . . .
session_text.edit    C A . . . .
session_text.sign    C A H . . .
sitting.run          C A H . . .
staff.read           C A H . . Q
work.read            C A H K . Q
"""
