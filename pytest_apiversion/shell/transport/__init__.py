"""HTTP: sockets, pools, rates and deadlines, and applications asked in this process (WSGI, ASGI).

May import: texts.
"""
