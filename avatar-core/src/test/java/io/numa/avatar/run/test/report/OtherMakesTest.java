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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports in formats other than JUnit's, and JUnit's with the words of some tools. */
class OtherMakesTest {
  @Test
  void readsTrx() throws IOException {
    Tally tally =
        read(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <TestRun id="1" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Results>
                <UnitTestResult testId="1" testName="Adds" outcome="Passed" duration="00:00:00.1"/>
                <UnitTestResult testId="2" testName="Counts" outcome="Failed"><Output>
                  <StdOut>x</StdOut><ErrorInfo><Message>one is not two</Message>
                  <StackTrace>at Shop</StackTrace></ErrorInfo></Output></UnitTestResult>
                <UnitTestResult testId="3" testName="Shop.T.Later" outcome="NotExecuted"/>
                <UnitTestResult testId="4" testName="Rows" outcome="Failed"><InnerResults>
                  <UnitTestResult testId="4" testName="Rows (1)" outcome="Passed"/>
                  <UnitTestResult testId="4" testName="Rows (2)" outcome="Timeout"/>
                </InnerResults></UnitTestResult>
              </Results>
              <TestDefinitions>
                <UnitTest name="Adds" id="1"><TestMethod className="Shop.T, Shop" name="Adds"/></UnitTest>
                <UnitTest name="Counts" id="2"><TestMethod className="Shop.T" name="Counts"/></UnitTest>
                <UnitTest name="Later" id="3"><TestMethod className="Shop.T" name="Later"/></UnitTest>
              </TestDefinitions>
              <ResultSummary outcome="Failed"><Counters total="5"/>
                <RunInfos><RunInfo outcome="Error"><Text>host crashed</Text></RunInfo></RunInfos>
              </ResultSummary>
            </TestRun>
            """);

    assertThat(tally.counts()).isEqualTo(new Counts(5, 2, 1, 1));
    assertThat(tally.failures())
        .containsExactlyInAnyOrder(
            new FailedTest("test run", "host crashed"),
            new FailedTest("Shop.T.Counts", "one is not two"),
            new FailedTest("Rows (2)", ""));
  }

  @Test
  void readsNUnit() throws IOException {
    Tally tally =
        read(
            """
            <test-run><test-suite result="Failed" site="Child" fullname="Shop">
              <failure><message>One or more child tests had errors</message></failure>
              <test-suite fullname="Shop.T" site="TearDown"><failure><message>td</message></failure>
                <test-case fullname="Shop.T.A" result="Passed"/>
                <test-case fullname="Shop.T.B" result="Failed"><failure><message><![CDATA[no]]></message>
                  </failure></test-case>
                <test-case fullname="Shop.T.C" result="Failed" label="Error"/>
                <test-case fullname="Shop.T.D" result="Skipped"/>
              </test-suite></test-suite></test-run>
            <test-results><test-suite><results><test-case name="E" executed="False"/>
              <test-case name="F" executed="True" success="False"/></results></test-suite></test-results>
            """);

    assertThat(tally.counts()).isEqualTo(new Counts(6, 2, 2, 2));
    assertThat(tally.failures())
        .containsExactly(
            new FailedTest("Shop.T", "td"),
            new FailedTest("Shop.T.B", "no"),
            new FailedTest("Shop.T.C", ""),
            new FailedTest("F", ""));
  }

  @Test
  void readsXunit() throws IOException {
    Tally tally =
        read(
            """
            <assemblies><assembly name="a"><errors><error type="fixture" name="F"><failure>
              <message>broken</message></failure></error></errors><collection>
                <test name="T.A" result="Pass" time="0.1"/>
                <test name="T.B" result="Fail"><failure><message>no</message></failure></test>
                <test name="T.C" result="Skip"><reason>later</reason></test>
              </collection></assembly></assemblies>
            """);

    assertThat(tally.counts()).isEqualTo(new Counts(3, 1, 1, 1));
    assertThat(tally.failures())
        .containsExactly(new FailedTest("F", "broken"), new FailedTest("T.B", "no"));
  }

  /** The words of GoogleTest, CTest, Qt and others; a failure outranks them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "status='notrun'                    |                          | 0 | 0 | 1",
        "status='run' result='skipped'      |                          | 0 | 0 | 1",
        "result='suppressed'                |                          | 0 | 0 | 1",
        "status='run' result='completed'    |                          | 0 | 0 | 0",
        "status='disabled'                  |                          | 0 | 0 | 1",
        "result='fail'                      |                          | 1 | 0 | 0",
        "status='error'                     |                          | 0 | 1 | 0",
        "status='notrun'                    | <failure/>               | 1 | 0 | 0",
        "name='a'                           | <skipped/><failure/>     | 1 | 0 | 0",
        "name='a'                           | <error/><skipped/>       | 0 | 1 | 0",
        "name='a'                           | <failure/><error/>       | 1 | 0 | 0",
        "status='notrun' | <skipped message='Unable to find executable'/> | 0 | 1 | 0",
      })
  void countsByTheWorstWord(String attributes, String content, int failed, int errors, int skipped)
      throws IOException {
    String inner = content == null ? "" : content;
    Tally tally =
        read("<testsuite><testcase " + attributes + ">" + inner + "</testcase></testsuite>");

    assertThat(tally.counts()).isEqualTo(new Counts(1, failed, errors, skipped));
  }

  private static Tally read(String report) throws IOException {
    var tally = new Tally(Set.of(), new Room(new Texts(Redactor.of(List.of()))));
    assertThat(XmlReport.read(new ByteArrayInputStream(report.getBytes(UTF_8)), tally)).isTrue();
    assertThat(tally.fault()).isEmpty();
    return tally;
  }
}
