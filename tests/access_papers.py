"""Addresses of papers page by page and of all papers in one file; the rest of the matrix."""

PAPERS = """
sessions:print-room                GET       staff.read
sessions:print-make                POST      print.make
sessions:print-choose              POST      session.edit
sessions:print-file                GET       staff.read
sessions:guest-list                GET       staff.read
sessions:guest-add                 GET,POST  session.edit
sessions:guest-import              GET,POST  session.edit
sessions:guest-import-confirm      POST      session.edit
sessions:guest-sample              GET       session.edit
sessions:guest-edit                GET,POST  session.edit
sessions:guest-remove              POST      session.edit
sessions:paper-read                GET       staff.read
sessions:paper-page                GET       staff.read
sessions:paper-render              POST      staff.read
sessions:paper-compare             GET       staff.read
sessions:paper-personal-data       GET       staff.read
sessions:paper-personal-data-decide POST     paper.edit
sessions:paper-masked-file         GET       staff.read
sessions:bundle-list               GET       staff.read
sessions:bundle-make               POST      staff.read
sessions:bundle-zip                GET       staff.read
sessions:bundle-pdf                GET       staff.read
sessions:delegate-paper-read       GET       delegate.read
sessions:delegate-paper-page       GET       delegate.read
sessions:delegate-bundle-list      GET       delegate.read
sessions:delegate-bundle-make      POST      delegate.read
sessions:delegate-bundle-zip       GET       delegate.read
sessions:delegate-bundle-pdf       GET       delegate.read
portal:document-read               GET       public
portal:document-page               GET       public
portal:paper-list                  GET       public
portal:bundle-zip                  GET       public
portal:bundle-pdf                  GET       public
"""
