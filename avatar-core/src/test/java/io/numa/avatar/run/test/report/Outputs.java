package io.numa.avatar.run.test.report;

/** What test tools print, where tests fail, are skipped, or are not as they should be. */
final class Outputs {
  static final String PROVE =
      """
      #   Failed test at t/a.t line 2.
      # Looks like you failed 1 test of 2.
      t/a.t ..
      1..2
      not ok 1
      ok 2 - works
      Dubious, test returned 1 (wstat 256, 0x100)
      Failed 1/2 subtests

      #   Failed test at t/b.t line 3.

      #   Failed test 'works'
      #   at t/b.t line 4.
      # Looks like you failed 2 tests of 2.
      t/b.t ..
      1..2
      not ok 1
      not ok 2 - works
      Dubious, test returned 2 (wstat 512, 0x200)
      Failed 2/2 subtests

      Test Summary Report
      -------------------
      t/a.t (Wstat: 256 (exited 1) Tests: 2 Failed: 1)
        Failed test:  1
        Non-zero exit status: 1
      t/b.t (Wstat: 512 (exited 2) Tests: 2 Failed: 2)
        Failed tests:  1-2
        Non-zero exit status: 2
      Files=2, Tests=4,  0 wallclock secs ( 0.03 usr  0.03 sys +  0.11 cusr  0.07 csys =  0.24 CPU)
      Result: FAIL
      """;

  static final String NODE =
      """
      TAP version 13
      # Subtest: counts
      not ok 1 - counts
        ---
        location: 'a.test.js:3:1'
        error: 'one is not two'
        ...
      # Subtest: suite
          # Subtest: x
          ok 1 - x
          # Subtest: y
          not ok 2 - y
            ---
            error: 'no'
            ...
          # Subtest: z
          ok 3 - z # SKIP
          1..3
      not ok 2 - suite
        ---
        type: 'suite'
        error: '1 subtest failed'
        ...
      1..2
      # tests 4
      # suites 1
      # pass 1
      # fail 2
      # cancelled 0
      # skipped 1
      # todo 0
      """;

  static final String GO =
      """
      === RUN   TestAdds
          b_test.go:3: hi
      --- PASS: TestAdds (0.00s)
      === RUN   TestCounts
          b_test.go:4: one is not two
      --- FAIL: TestCounts (0.00s)
      === RUN   TestSkips
          b_test.go:5: later
      --- SKIP: TestSkips (0.00s)
      === RUN   TestSubs
      === RUN   TestSubs/a
      === RUN   TestSubs/b_c
          b_test.go:6: no
      --- FAIL: TestSubs (0.00s)
          --- PASS: TestSubs/a (0.00s)
          --- FAIL: TestSubs/b_c (0.00s)
      FAIL
      FAIL\texample.com/basket\t0.110s
      FAIL\texample.com/basket/bad [build failed]
      ?   \texample.com/basket/none\t[no test files]
      === RUN   TestP
      --- PASS: TestP (0.00s)
      PASS
      ok  \texample.com/good\t(cached)
      FAIL
      """;

  static final String GO_JSON =
      """
      # example.com/basket/bad [example.com/basket/bad.test]
      bad/x.go:2:19: too many return values
      {"Time":"t","Action":"run","Package":"pan","Test":"TestOk"}
      {"Time":"t","Action":"output","Package":"pan","Test":"TestOk","Output":"=== RUN   TestOk\\n"}
      {"Time":"t","Action":"pass","Package":"pan","Test":"TestOk","Elapsed":0}
      {"Time":"t","Action":"run","Package":"pan","Test":"TestP"}
      {"Time":"t","Action":"output","Package":"pan","Test":"TestP","Output":"panic: \\u003cboom\\u003e\\n"}
      {"Time":"t","Action":"fail","Package":"pan","Test":"TestP","Elapsed":0}
      {"Time":"t","Action":"run","Package":"pan","Test":"TestNever"}
      {"Time":"t","Action":"fail","Package":"pan","Elapsed":0.042}
      {"Time":"t","Action":"run","Package":"basket","Test":"TestSkips"}
      {"Time":"t","Action":"skip","Package":"basket","Test":"TestSkips","Elapsed":0}
      {"Time":"t","Action":"pass","Package":"basket","Elapsed":0.068}
      FAIL\texample.com/basket/bad [build failed]
      {"Time":"t","Action":"skip","Package":"example.com/basket/none","Elapsed":0}
      """;

  static final String CTEST =
      """
      Test project /x/b
          Start 1: good
      1/6 Test #1: good .............................   Passed    0.06 sec
      2/6 Test #2: bad ..............................***Failed    0.11 sec
      3/6 Test #3: skip .............................***Skipped   0.11 sec
      4/6 Test #4: missing ..........................***Not Run   0.00 sec
      5/6 Test #5: dis ..............................***Not Run (Disabled)   0.00 sec
      6/6 Test #6: crash ............................***Exception: SegFault  0.05 sec

      40% tests passed, 3 tests failed out of 5
      """;

  static final String CARGO =
      """
      running 3 tests
      test tests::adds ... ok
      test tests::later ... ignored, not yet
      test tests::counts ... FAILED

      test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

         Doc-tests basket
      test src/lib.rs - add (line 3) ... ok

      test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.2s
      """;

  static final String UNITTEST =
      """
      test_adds (test_basket.Basket.test_adds)
      Adds what is put in. ... ok
      test_breaks (test_basket.Basket.test_breaks) ... ERROR
      test_counts (test_basket.Basket.test_counts) ... hello
      FAIL
      test_known (test_basket.Basket.test_known) ... expected failure
      test_mended (test_basket.Basket.test_mended) ... unexpected success
      test_skips (test_basket.Basket.test_skips) ... skipped 'later'
      test_subs (test_basket.Basket.test_subs) ...
        test_subs (test_basket.Basket.test_subs) (i=0) ... FAIL
        test_subs (test_basket.Basket.test_subs) (i=2) ... FAIL
      setUpClass (test_basket.Broken) ... ERROR
      test_import (unittest.loader._FailedTest.test_import) ... ERROR

      ======================================================================
      ERROR: test_breaks (test_basket.Basket.test_breaks)
      ----------------------------------------------------------------------
      Traceback (most recent call last):
        File "/x/test_basket.py", line 8, in test_breaks
          raise KeyError('apple')
      KeyError: 'apple'

      ======================================================================
      ERROR: setUpClass (test_basket.Broken)
      ----------------------------------------------------------------------
      Traceback (most recent call last):
        File "/x/test_basket.py", line 29, in setUpClass
          raise OSError('no disk')
      OSError: no disk

      ======================================================================
      ERROR: test_import (unittest.loader._FailedTest.test_import)
      ----------------------------------------------------------------------
      ImportError: Failed to import test module: test_import
      Traceback (most recent call last):
        File "/usr/lib/python3.11/unittest/loader.py", line 419, in _find_test_path
          module = self._get_module_from_name(name)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "/usr/lib/python3.11/unittest/loader.py", line 362, in _get_module_from_name
          __import__(name)
        File "/x/test_import.py", line 1, in <module>
          import nothing_there
      ModuleNotFoundError: No module named 'nothing_there'


      ======================================================================
      FAIL: test_counts (test_basket.Basket.test_counts)
      ----------------------------------------------------------------------
      Traceback (most recent call last):
        File "/x/test_basket.py", line 11, in test_counts
          self.assertEqual(1, 2, 'one is not two')
      AssertionError: 1 != 2 : one is not two

      ======================================================================
      FAIL: test_subs (test_basket.Basket.test_subs) (i=0)
      ----------------------------------------------------------------------
      Traceback (most recent call last):
        File "/x/test_basket.py", line 24, in test_subs
          self.assertEqual(i, 1)
      AssertionError: 0 != 1

      ======================================================================
      FAIL: test_subs (test_basket.Basket.test_subs) (i=2)
      ----------------------------------------------------------------------
      Traceback (most recent call last):
        File "/x/test_basket.py", line 24, in test_subs
          self.assertEqual(i, 1)
      AssertionError: 2 != 1

      ======================================================================
      UNEXPECTED SUCCESS: test_mended (test_basket.Basket.test_mended)
      ----------------------------------------------------------------------
      Ran 8 tests in 0.001s

      FAILED (failures=3, errors=3, skipped=1, expected failures=1, unexpected successes=1)
      """;

  static final String AUTOMAKE =
      """
      PASS: good.sh
      FAIL: bad.sh
      SKIP: skip.sh
      ERROR: hard.sh
      XFAIL: known.sh
      XPASS: mended.sh
      ============================================================================
      Testsuite summary for basket 1.0
      ============================================================================
      # TOTAL: 6
      # PASS:  1
      # SKIP:  1
      # XFAIL: 1
      # FAIL:  1
      # XPASS: 1
      # ERROR: 1
      ============================================================================
      """;

  private Outputs() {}
}
