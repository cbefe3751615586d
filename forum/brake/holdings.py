from forum.brake.models import Pace
from forum.core.holdings import of_nobody

of_nobody(Pace)
