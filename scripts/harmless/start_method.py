"""CPython's tests of `multiprocessing` for one way to start processes, which the name of this module
ends with. Some installations of Python have the tests, and not the module that chooses the way."""

from test import _test_multiprocessing

_test_multiprocessing.install_tests_in_module_dict(globals(), __name__.rpartition("_")[2])
