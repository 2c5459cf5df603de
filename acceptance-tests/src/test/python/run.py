"""Runs all tests and says for each how it went, on a line of its own:

    outcome TAB section TAB heading TAB details

The outcome is "passed" or "failed". Texts are percent-encoded, so that a line stays one. It ends
with status 0 if all tests ran, however they went.

Arguments choose tests: run.py test_power test_edit.Nics. The server is what BELFRY_URL,
BELFRY_TLS_URL, BELFRY_USER and BELFRY_PASSWORD say.
"""

import sys
import traceback
import unittest
import warnings
from pathlib import Path
from urllib.parse import quote


class Lines(unittest.TestResult):
    """Writes a line as soon as a test is over."""

    def __init__(self, out):
        super().__init__()
        self.out = out
        self.problems = []

    def startTest(self, test):
        super().startTest(test)
        self.problems = []

    def addError(self, test, err):
        super().addError(test, err)
        self.note(err)
        if not isinstance(test, unittest.TestCase):
            # What a class prepares for its tests went wrong: none of them runs.
            self.write(str(test), "preparation")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.note(err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.note(err, subtest.id() + ": ")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.problems.append("skipped: " + reason)

    def note(self, err, prefix=""):
        self.problems.append(prefix + "".join(traceback.format_exception(*err)))

    def stopTest(self, test):
        super().stopTest(test)
        self.write(type(test).__doc__ or test.id(), test.shortDescription() or test.id())

    def write(self, section, heading):
        outcome = "failed" if self.problems else "passed"
        texts = [section, heading, "\n".join(self.problems)]
        print("\t".join([outcome] + [quote(text) for text in texts]), file=self.out, flush=True)
        self.problems = []


def main():
    # The guide turns certificate checks off, and urllib3 warns about it at every request.
    warnings.filterwarnings("ignore", message="Unverified HTTPS request")
    tests(sys.argv[1:]).run(Lines(sys.stdout))


def tests(names):
    loader = unittest.defaultTestLoader
    return loader.loadTestsFromNames(names) if names else loader.discover(str(Path(__file__).parent))


if __name__ == "__main__":
    main()
