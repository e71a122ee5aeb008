package io.numa.avatar.run.test.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.FolderListing;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestReportsTest {
  private static final Instant START = Instant.parse("2025-08-03T10:00:00.500Z");
  private static final String ONE_TEST = "<testsuite><testcase name='a'/></testsuite>";
  private static final Counts ONE = new Counts(1, 0, 0, 0);

  private static final Set<String> AWAITED = Set.of("io.App.adds", "io.App.divides", "gone");

  private static final Redactor REDACTOR = Redactor.of(List.of(new Secret("s3cr3t-".repeat(9))));

  private static final ReportFiles.Lister UNKNOWN = (folder, wanted) -> Optional.empty();

  @TempDir Path root;
  private TestReports reports;

  @BeforeEach
  void beginsWithAnEmptyFolder() {
    reports = TestReports.before(START, root, UNKNOWN);
  }

  @Test
  void readsNoFolderOfWhichIsKnownWhatIsInIt() throws IOException {
    write("TEST-listed.xml", ONE_TEST);
    write("old/TEST-old.xml", ONE_TEST);
    write("old/deep/TEST-deep.xml", ONE_TEST);
    write("old/TEST-unlisted.xml", ONE_TEST);
    write("old/in/TEST-in.xml", ONE_TEST);
    write("old/node_modules/in/TEST-of-others.xml", ONE_TEST);
    Files.setLastModifiedTime(
        root.resolve("old/TEST-old.xml"), FileTime.from(START.minusSeconds(60)));
    List<String> asked = new ArrayList<>();
    ReportFiles.Lister lister =
        (folder, wanted) -> {
          asked.add(root.relativize(folder).toString());
          assertThat(wanted).accepts("TEST-a.xml", "b.XML").rejects("a.java", "xml");
          return folder.endsWith("old")
              ? Optional.of(
                  new FolderListing(
                      List.of(
                          folder.resolve("TEST-old.xml"),
                          folder.resolve("in/TEST-in.xml"),
                          folder.resolve("node_modules/in/TEST-of-others.xml")),
                      List.of(folder.resolve("deep"), folder.resolve("node_modules/deep"))))
              : Optional.empty();
        };

    var reports = TestReports.before(START, root, lister);
    asked.clear();

    assertThat(reports.read(AWAITED, REDACTOR).counts()).isEqualTo(ONE.plus(ONE).plus(ONE));
    assertThat(asked).containsExactlyInAnyOrder("", "old", "old/deep");
  }

  @Test
  void countsCasesAndNamesFailures() throws IOException {
    write(
        "target/surefire-reports/TEST-io.App.xml",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite name="io.App" tests="99" failures="0">
          <properties><property name="a" value="b"/></properties>
          <testcase name="adds" classname="io.App" time="0.1"><system-out>x</system-out></testcase>
          <testcase name="subtracts" classname="io.App">
            <failure message="expected 1 &lt; 2" type="AssertionError"><![CDATA[at io.App]]></failure>
          </testcase>
          <testcase name="divides" classname="io.App">
            <error type="ArithmeticException">
              / by <b>zero</b>
            </error>
          </testcase>
          <testcase name="multiplies" classname="io.App"><skipped message="later"/></testcase>
          <system-out>testcase failure</system-out>
        </testsuite>
        """);

    assertThat(read())
        .isEqualTo(
            new TestResults(
                new Counts(4, 1, 1, 1),
                List.of(
                    new FailedTest("io.App.subtracts", "expected 1 < 2"),
                    new FailedTest("io.App.divides", "/ by zero")),
                Set.of("io.App.adds"),
                List.of()));
  }

  @Test
  void readsNestedSuites() throws IOException {
    write(
        "junit.xml",
        """
        <testsuites><testsuite><testsuite><testcase name="a"/></testsuite>
        <testcase classname="b"><failure/><error message="two"/></testcase></testsuite>
        <testsuite><testcase name="c"/></testsuite></testsuites>
        """);

    assertThat(read())
        .isEqualTo(
            new TestResults(
                new Counts(3, 1, 0, 0), List.of(new FailedTest("b", "")), Set.of(), List.of()));
  }

  @Test
  void countsARerunTestOnceByItsLastResult() throws IOException {
    write(
        "TEST-rerun.xml",
        """
        <testsuite>
          <testcase name="flaky"><flakyFailure message="no"><stackTrace>x</stackTrace></flakyFailure>
            <flakyError/></testcase>
          <testcase name="broken"><failure message="still"/><rerunFailure message="no"/>
            <rerunError><failure message="nested"/></rerunError></testcase>
        </testsuite>
        """);

    assertThat(read())
        .isEqualTo(
            new TestResults(
                new Counts(2, 1, 0, 0),
                List.of(new FailedTest("broken", "still")),
                Set.of(),
                List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TEST-a.xml",
        "sub/module/TEST-a.xml",
        "junit.xml",
        "out/my-JUnit-results.xml",
        "target/failsafe-reports/any.xml",
        "build/test-results/test/any.xml",
        "test-reports/any.xml",
        "report.xml",
        "unit-test-results.xml",
        "pytest.xml",
        "nosetests.xml",
        "out/xunit_tests.xml",
        "junit-reports/deep/any.xml",
        "reports/unit.xml",
        "rspec.xml",
        "phpunit.xml",
        "tmp/rspec/results.xml",
        "test-a.xml",
        "my-resulting.xml",
        "any.XML",
        "TestResults/any.trx"
      })
  void findsReportsByTheirNamesAndFolders(String path) throws IOException {
    write(path, ONE_TEST);

    assertThat(read().counts()).isEqualTo(ONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TEST-a.txt",
        "tmp/a.xml",
        "src/test/fixtures/a.xml",
        "node_modules/x/TEST-a.xml",
        "sub/.git/TEST-a.xml",
        "target/surefire-reports/junitreports/TEST-a.xml"
      })
  void leavesOtherFilesAlone(String path) throws IOException {
    write(path, ONE_TEST);

    assertThat(read()).isEqualTo(TestResults.NONE);
  }

  @Test
  void leavesOutWhatWasThereBeforeTheRun() throws IOException {
    write("TEST-old.xml", ONE_TEST, START.minusMillis(400));
    write("TEST-older.xml", ONE_TEST, START.minusSeconds(2));
    write("any.xml", ONE_TEST, START.minusSeconds(2));
    reports = TestReports.before(START, root, UNKNOWN);
    assertThat(read()).isEqualTo(TestResults.NONE);

    write("TEST-new.xml", ONE_TEST, START.plusMillis(1));
    assertThat(read().counts()).isEqualTo(ONE);
  }

  @Test
  void allowsForClocksOfFilesThatTickSlowly() throws IOException {
    write("TEST-tick.xml", ONE_TEST, START.minusMillis(4));
    write("TEST-second.xml", ONE_TEST, Instant.parse("2025-08-03T10:00:00Z"));
    reports = TestReports.before(START, root, UNKNOWN);

    assertThat(read().counts()).isEqualTo(new Counts(2, 0, 0, 0));
  }

  @Test
  void keepsWhatIsBeforeTheDamageAndNamesTheDamage() throws IOException {
    write("TEST-cut.xml", "<testsuite><testcase name='a'/><testcase name='b'>");
    write("TEST-empty.xml", "");
    write("TEST-text.xml", "no xml");
    write("TEST-fine.xml", ONE_TEST);

    assertThat(read())
        .isEqualTo(
            new TestResults(
                new Counts(2, 0, 0, 0),
                List.of(),
                Set.of(),
                List.of(
                    "3 reports could not be read: TEST-cut.xml line 1: the end of the file is"
                        + " missing; TEST-empty.xml: it has no XML; TEST-text.xml: it has no XML")));
  }

  @Test
  void seesNoTestsInOtherXml() throws IOException {
    write("test-results/other.xml", "<html><testcase name='a'/></html>");

    assertThat(read()).isEqualTo(TestResults.NONE);
  }

  @Test
  void opensNothingThatAFileRefersTo() throws IOException {
    Files.writeString(root.resolve("secret"), "hidden");
    write(
        "TEST-entity.xml",
        """
        <!DOCTYPE testsuite [<!ENTITY e SYSTEM "%s">]>
        <testsuite><testcase name="a"><failure>&e;</failure></testcase></testsuite>
        """
            .formatted(root.resolve("secret").toUri()));

    assertThat(read().toString()).doesNotContain("hidden");
  }

  @Test
  @Timeout(10)
  void expandsNothing() throws IOException {
    var bomb = new StringBuilder("<!DOCTYPE testsuite [<!ENTITY a0 \"aaaaaaaaaa\">");
    for (int n = 1; n < 10; n++) {
      bomb.append("<!ENTITY a%d \"%s\">".formatted(n, "&a%d;".formatted(n - 1).repeat(10)));
    }
    bomb.append("]><testsuite><testcase name='a'><failure>&a9;</failure></testcase></testsuite>");
    write("TEST-bomb.xml", bomb.toString());

    assertThat(read().toString()).doesNotContain("aaaaaaaaaa");
  }

  @Test
  void followsNoSymbolicLinks(@TempDir Path elsewhere) throws IOException {
    Files.writeString(elsewhere.resolve("TEST-a.xml"), ONE_TEST);
    Files.createSymbolicLink(root.resolve("TEST-a.xml"), elsewhere.resolve("TEST-a.xml"));
    Files.createSymbolicLink(root.resolve("test-results"), elsewhere);

    assertThat(read()).isEqualTo(TestResults.NONE);
  }

  @Test
  void shortensLongMessages() throws IOException {
    write(
        "TEST-long.xml",
        "<testsuite><testcase name='a'><failure>%s</failure></testcase></testsuite>"
            .formatted("x" + "🚀".repeat(50_000)));

    assertThat(read().failures().get(0).message()).startsWith("x🚀").endsWith("🚀…").hasSize(2_000);
  }

  /** Ant's TESTS-TestSuites.xml, and files that tools join. */
  @Test
  void countsOnceWhatAnotherReportContainsWhole() throws IOException {
    String one = "<testsuite name='x'><testcase classname='A' name='a' time='0.1'/></testsuite>";
    String two =
        "<testsuite><testcase name='b'><failure/></testcase><testcase name='c'/></testsuite>";
    write("build/TEST-A.xml", one);
    write("build/TEST-B.xml", two);
    write("build/TESTS-TestSuites.xml", "<testsuites>" + two + one + "</testsuites>");

    assertThat(read().counts()).isEqualTo(new Counts(3, 1, 0, 0));
    assertThat(read().failures()).extracting(FailedTest::name).containsExactly("b");
  }

  @Test
  void countsACopyOnceAndAnotherRunTwice() throws IOException {
    String timed = "<testsuite><testcase name='a' time='%s'/></testsuite>";
    write("one/TEST-a.xml", timed.formatted("0.11"));
    write("reports/TEST-a.xml", timed.formatted("0.11"));
    write("two/TEST-a.xml", timed.formatted("0.12"));

    assertThat(read().counts().run()).isEqualTo(2);
  }

  /** The class of another module has the same name, and one test more. */
  @Test
  void countsBothSuitesThatDiffer() throws IOException {
    write("one/TEST-A.xml", "<testsuite><testcase name='a'/></testsuite>");
    write("two/TEST-A.xml", "<testsuite><testcase name='a'/><testcase name='b'/></testsuite>");

    assertThat(read().counts().run()).isEqualTo(3);
  }

  @Test
  void namesAReportThatIsTooLarge() throws IOException {
    Path file = root.resolve("TEST-large.xml");
    try (var large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength((1L << 30) + 1);
    }

    assertThat(read().lost())
        .containsExactly("1 report could not be read: TEST-large.xml: it is too large");
  }

  /** KiroCrew#5582: a secret that begins before the place where a message is cut. */
  @ParameterizedTest
  @ValueSource(ints = {175, 475, 1_975, 1_937, 3_975})
  void showsNoPieceOfASecret(int before) throws IOException {
    String text = "x".repeat(before) + "s3cr3t-".repeat(9) + "y".repeat(8_000);
    write(
        "TEST-a.xml",
        "<testsuite><testcase name='%s'><failure>%s</failure></testcase>".formatted(text, text)
            + "<testcase name='b'><failure message='%s'/></testcase>".formatted(text)
            + "<testcase name='c'><failure/></testcase>".repeat(TestReport.MAX_FAILURES)
            + "<testcase name='d'><failure>%s</failure></testcase></testsuite>".formatted(text));

    assertThat(read().toString()).contains("xxx").doesNotContain("s3c");
  }

  /** KiroCrew#5582: blanks count for how much of a report is read, and are not shown. */
  @Test
  void showsNoPieceOfASecretBehindBlanks() throws IOException {
    String secret = "s3cr3t-".repeat(9);
    write(
        "TEST-a.xml",
        "<testsuite><testcase name='a'><failure><![CDATA[%s]]></failure></testcase>"
                .formatted(" ".repeat((1 << 13) - 30) + secret)
            + "<testcase name='b'><failure message='%s'/></testcase></testsuite>"
                .formatted(" ".repeat((1 << 16) - 30) + secret));

    assertThat(read().failures()).hasSize(2);
    assertThat(read().toString()).doesNotContain("s3c");
  }

  /** KiroCrew#5582: a file's name is text of a project, too. */
  @Test
  void showsNoPieceOfASecretInTheNameOfADamagedReport() throws IOException {
    write("x".repeat(160) + "/TEST-" + "s3cr3t-".repeat(9) + ".xml", "<testsuite>");

    assertThat(read().lost().toString()).contains("xxx").doesNotContain("s3c");
  }

  /** As {@code prove --archive} and the reporters of Node's runner leave them. */
  @Test
  void readsFilesOfTheTestAnythingProtocol() throws IOException {
    write("t/a.tap", "TAP version 13\n1..2\nok 1 - a\nnot ok 2 - b\n# no\n");
    write("t/b.tap", "1..2\nok 1 - c\n");
    write("tape.tap", "\0\u0013ZXTape!");
    write("old.tap", "1..1\nnot ok 1 - d\n", START.minusSeconds(60));
    reports = TestReports.before(START, root, UNKNOWN);
    write("t/a.tap", "TAP version 13\n1..2\nok 1 - a\nnot ok 2 - b\n# no\n");
    write("t/b.tap", "1..2\nok 1 - c\n");

    assertThat(read().counts()).isEqualTo(new Counts(3, 1, 0, 0));
    assertThat(read().failures()).containsExactly(new FailedTest("b", "no"));
    assertThat(read().lost())
        .containsExactly(
            "1 report could not be read: t/b.tap: the plan has 2 tests, and 1 are shown");
  }

  @Test
  void readsXmlWhereATapFileSaysTheSame() throws IOException {
    write("out.tap", "1..1\nok 1 - a\n");
    write("TEST-a.xml", ONE_TEST);

    assertThat(read().counts()).isEqualTo(ONE);
  }

  @Test
  void countsMoreFailuresThanItNames() throws IOException {
    var failed = "<testcase name='a'><failure/></testcase>".repeat(TestResults.MAX_NAMES);
    write("TEST-1.xml", "<testsuite>" + failed + "</testsuite>");
    assertThat(read().lost()).isEmpty();

    write("TEST-2.xml", "<testsuite>" + failed + "</testsuite>");
    assertThat(read().counts()).isEqualTo(new Counts(20_000, 20_000, 0, 0));
    assertThat(read().failures()).hasSize(TestResults.MAX_NAMES);
    assertThat(read().whole()).isFalse();
  }

  @Test
  void keepsNoMoreThanTheBeginningOfLaterMessages() throws IOException {
    var failed = "<testcase name='a'><failure>%s</failure></testcase>".formatted("x".repeat(300));
    write("TEST-1.xml", "<testsuite>" + failed.repeat(TestReport.MAX_FAILURES) + "</testsuite>");
    write("TEST-2.xml", "<testsuite>" + failed + "</testsuite>");

    assertThat(read().failures().get(99).message()).isEqualTo("x".repeat(300));
    assertThat(read().failures().get(100).message()).isEqualTo("x".repeat(200) + "…");
  }

  @Test
  void shortensNamesThatHoldData() throws IOException {
    write(
        "TEST-long.xml",
        "<testsuite><testcase name='%s'><failure/></testcase></testsuite>"
            .formatted("n".repeat(9_000)));

    assertThat(read().failures().get(0).name())
        .isEqualTo("n".repeat(500) + "… #" + Integer.toHexString("n".repeat(9_000).hashCode()));
  }

  @Test
  void findsNothingWhereThereIsNoFolder() {
    assertThat(TestReports.before(START, root.resolve("nowhere"), UNKNOWN).read(AWAITED, REDACTOR))
        .isEqualTo(TestResults.NONE);
  }

  private TestResults read() {
    return reports.read(AWAITED, REDACTOR);
  }

  private void write(String path, String text) throws IOException {
    write(path, text, START.plusSeconds(1));
  }

  private void write(String path, String text, Instant written) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(UTF_8));
    Files.setLastModifiedTime(file, FileTime.from(written));
  }
}
