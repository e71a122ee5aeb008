package io.numa.avatar.run.test.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reports in the formats of common tools. */
class JUnitMakesTest {
  @Test
  void readsSurefire() throws Exception {
    assertThat(
            read(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0.2"
                    xsi:noNamespaceSchemaLocation="https://maven.apache.org/surefire/report.xsd"
                    name="shop.BasketTest" time="0.05" tests="3" errors="1" skipped="0" failures="1">
                  <properties><property name="java.version" value="17"/></properties>
                  <testcase name="adds(int)[1]" classname="shop.BasketTest" time="0.01"/>
                  <testcase name="counts" classname="shop.BasketTest" time="0.01">
                    <failure message="expected: &lt;2&gt; but was: &lt;1&gt;"
                        type="org.opentest4j.AssertionFailedError"><![CDATA[org.opentest4j: at x]]></failure>
                    <system-out><![CDATA[printed]]></system-out>
                  </testcase>
                  <testcase name="empties" classname="shop.BasketTest" time="0.01">
                    <error type="java.lang.NullPointerException"><![CDATA[java.lang.NullPointerException
                	at shop.Basket.empty(Basket.java:9)]]></error>
                  </testcase>
                </testsuite>
                """))
        .isEqualTo(
            reports(
                new Counts(3, 1, 1, 0),
                new FailedTest("shop.BasketTest.counts", "expected: <2> but was: <1>"),
                new FailedTest(
                    "shop.BasketTest.empties",
                    "java.lang.NullPointerException\n\tat shop.Basket.empty(Basket.java:9)")));
  }

  @Test
  void readsGradle() throws Exception {
    assertThat(
            read(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="shop.BasketTest" tests="3" skipped="1" failures="1" errors="0"
                    timestamp="2026-01-02T03:04:05" hostname="builder" time="0.04">
                  <properties/>
                  <testcase name="adds()" classname="shop.BasketTest" time="0.02"/>
                  <testcase name="sorts()" classname="shop.BasketTest" time="0.0"><skipped/></testcase>
                  <testcase name="counts()" classname="shop.BasketTest" time="0.01">
                    <failure message="org.opentest4j.AssertionFailedError: expected: &lt;2&gt;"
                        type="org.opentest4j.AssertionFailedError">org.opentest4j: at x</failure>
                  </testcase>
                  <system-out><![CDATA[]]></system-out>
                  <system-err><![CDATA[]]></system-err>
                </testsuite>
                """))
        .isEqualTo(
            reports(
                new Counts(3, 1, 0, 1),
                new FailedTest(
                    "shop.BasketTest.counts()",
                    "org.opentest4j.AssertionFailedError: expected: <2>")));
  }

  @Test
  void readsPytest() throws Exception {
    assertThat(
            read(
                """
                <?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite
                  name="pytest" errors="1" failures="1" skipped="1" tests="4" time="0.03"
                  timestamp="2026-01-02T03:04:05+00:00" hostname="builder">
                <testcase classname="tests.test_basket" name="test_adds[1-2]" time="0.001" />
                <testcase classname="tests.test_basket.TestCount" name="test_counts" time="0.001">
                  <failure message="assert 1 == 2&#10; +  where 1 = count()">self = x
                E   assert 1 == 2</failure></testcase>
                <testcase classname="tests.test_basket" name="test_later" time="0.000"><skipped
                  type="pytest.skip" message="later">tests/test_basket.py:9: later</skipped></testcase>
                <testcase classname="" name="tests.test_broken" time="0.000"><error
                  message="collection failure">ImportError: no module named basket</error></testcase>
                </testsuite></testsuites>
                """))
        .isEqualTo(
            reports(
                new Counts(4, 1, 1, 1),
                new FailedTest(
                    "tests.test_basket.TestCount.test_counts",
                    "assert 1 == 2\n +  where 1 = count()"),
                new FailedTest("tests.test_broken", "collection failure")));
  }

  @Test
  void readsJest() throws Exception {
    assertThat(
            read(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="jest tests" tests="3" failures="1" errors="1" time="0.4">
                  <testsuite name="basket" errors="0" failures="1" skipped="1" tests="2">
                    <testcase classname="basket counts" name="basket counts" time="0.003">
                      <failure>Error: expect(received).toBe(expected)

                Expected: 2
                Received: 1</failure>
                    </testcase>
                    <testcase classname="basket sorts" name="basket sorts" time="0"><skipped/></testcase>
                  </testsuite>
                  <testsuite name="src/broken.test.js" errors="1" failures="0" skipped="0" tests="1">
                    <testcase classname="Test suite failed to run" name="src/broken.test.js" time="0">
                      <error>SyntaxError: Unexpected token</error>
                    </testcase>
                  </testsuite>
                </testsuites>
                """))
        .isEqualTo(
            reports(
                new Counts(3, 1, 1, 1),
                new FailedTest(
                    "basket counts.basket counts",
                    "Error: expect(received).toBe(expected)\n\nExpected: 2\nReceived: 1"),
                new FailedTest(
                    "Test suite failed to run.src/broken.test.js",
                    "SyntaxError: Unexpected token")));
  }

  @Test
  void readsNode() throws Exception {
    assertThat(
            read(
                """
                <?xml version="1.0" encoding="utf-8"?>
                <testsuites>
                	<testsuite name="basket" time="0.003" disabled="0" errors="0" tests="2" failures="1"
                		skipped="1" hostname="builder">
                		<testcase name="counts" time="0.001" classname="test" failure="1 !== 2">
                			<failure type="testCodeFailure" message="1 !== 2">
                [Error [ERR_TEST_FAILURE]: 1 !== 2] { code: 'ERR_TEST_FAILURE' }
                			</failure>
                		</testcase>
                		<testcase name="sorts" time="0.000" classname="test">
                			<skipped type="skipped" message="true"/>
                		</testcase>
                	</testsuite>
                	<testcase name="adds" time="0.000" classname="test"/>
                	<!-- tests 3 -->
                </testsuites>
                """))
        .isEqualTo(reports(new Counts(3, 1, 0, 1), new FailedTest("test.counts", "1 !== 2")));
  }

  @Test
  void readsGo() throws Exception {
    assertThat(
            read(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites tests="2" failures="1">
                  <testsuite name="example.com/basket" tests="2" failures="1" errors="0" id="0"
                      hostname="builder" time="0.002">
                    <properties><property name="go.version" value="go1.22"></property></properties>
                    <testcase name="TestAdds" classname="example.com/basket" time="0.000"></testcase>
                    <testcase name="TestCounts/two" classname="example.com/basket" time="0.000">
                      <failure message="Failed"><![CDATA[    basket_test.go:9: got 1, want 2]]></failure>
                    </testcase>
                  </testsuite>
                </testsuites>
                """))
        .isEqualTo(
            reports(
                new Counts(2, 1, 0, 0),
                new FailedTest(
                    "example.com/basket.TestCounts/two", "basket_test.go:9: got 1, want 2")));
  }

  @Test
  void readsNextest() throws Exception {
    assertThat(
            read(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="nextest-run" tests="3" failures="1" errors="0"
                    uuid="6f0c7a52-0000-4000-8000-000000000001" timestamp="2026-01-02T03:04:05+00:00">
                  <testsuite name="basket" tests="3" disabled="0" errors="0" failures="1">
                    <testcase name="tests::adds" classname="basket" time="0.002"/>
                    <testcase name="tests::flaky" classname="basket" time="0.002">
                      <flakyFailure time="0.003" type="test failure" message="panicked once"/>
                    </testcase>
                    <testcase name="tests::counts" classname="basket" time="0.004">
                      <failure type="test failure" message="thread 'tests::counts' panicked">left: 1
                right: 2</failure>
                      <rerunFailure type="test failure" message="again"/>
                      <system-out>running 1 test</system-out>
                    </testcase>
                  </testsuite>
                </testsuites>
                """))
        .isEqualTo(
            reports(
                new Counts(3, 1, 0, 0),
                new FailedTest("basket.tests::counts", "thread 'tests::counts' panicked")));
  }

  private static TestResults reports(Counts counts, FailedTest... failures) {
    return new TestResults(counts, List.of(failures), Set.of(), List.of());
  }

  private static TestResults read(String report) throws IOException {
    var tally = new Tally(Set.of(), new Room(new Texts(Redactor.of(List.of()))));
    assertThat(XmlReport.read(new ByteArrayInputStream(report.getBytes(UTF_8)), tally)).isTrue();
    assertThat(tally.fault()).isEmpty();
    return new TestResults(tally.counts(), tally.failures(), Set.of(), List.of());
  }
}
