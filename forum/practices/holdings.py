from forum.core.holdings import of_nobody
from forum.practices.models import Practice

of_nobody(Practice)
