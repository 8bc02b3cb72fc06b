"""Every score by its id."""

import acute_liver_failure
import alcohol
import chronic_liver
import ctcae
import kidney
import meld_family
import organ_failure

SCORES = {
    score.name: score
    for family in (meld_family, chronic_liver, organ_failure, kidney, alcohol, acute_liver_failure, ctcae)
    for score in family.SCORES
}
