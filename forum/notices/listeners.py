from forum.notices.actions import levels
from forum.threads.models import Reply, Thread
from forum.threads.signals import opened, replied


@replied.connect
def follow_where_one_replies(reply: Reply) -> None:
    levels.follow_own(reply.thread_id, reply.author_id)


@opened.connect
def follow_what_one_opens(thread: Thread) -> None:
    if thread.author_id is not None:
        levels.follow_own(thread.id, thread.author_id)
