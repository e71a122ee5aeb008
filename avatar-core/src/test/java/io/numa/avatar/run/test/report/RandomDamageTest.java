package io.numa.avatar.run.test.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.run.secret.Redactor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random suites in the ways of several writers, with damage at random places. */
class RandomDamageTest {
  private static final int ROUNDS = 400;
  private static final List<String> STARTS =
      List.of(
          "",
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
          "\uFEFF<!-- -- -->\n<!DOCTYPE a [<!ENTITY b 'c'>]>");
  private static final List<String> FAILURES =
      List.of(
          "<failure/>",
          "<failure message='no &lt; &#27;'>at\nline</failure>",
          "<failure><![CDATA[x]]]]><![CDATA[>\u001b[31m</testsuite>]]></failure>",
          "<error type='E'>\0&nbsp;</error>",
          "<skipped/><failure/>");

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  /** A report, and where the start tags of its failures end. */
  private record Written(String text, List<Integer> failures) {
    /** How many failures have begun before {@code place}. */
    long before(int place) {
      return failures.stream().filter(end -> end <= place).count();
    }
  }

  @Test
  void losesNoFailureBeforeTheDamageAndTellsOfTheDamage() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      Written report = write();
      assertThat(read(report.text()).counts().failing())
          .as("seed %s: %s", seed, report.text())
          .isEqualTo(report.failures().size());

      int cut = 1 + random.nextInt(report.text().stripTrailing().length() - 1);
      Tally whole = read(report.text().substring(0, cut));
      assertThat((long) whole.counts().failing())
          .as("seed %s: %s", seed, report.text().substring(0, cut))
          .isGreaterThanOrEqualTo(report.before(cut));
      assertThat(whole.fault())
          .as("seed %s: %s", seed, report.text().substring(0, cut))
          .isPresent();
    }
  }

  /** Bytes that are changed may make another report, but never fewer failures before them. */
  @Test
  void losesNoFailureBeforeBytesThatAreChanged() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      Written report = write();
      int place = random.nextInt(report.text().length());
      char[] damaged = report.text().toCharArray();
      Arrays.fill(
          damaged,
          place,
          Math.min(damaged.length, place + 1 + random.nextInt(9)),
          (char) random.nextInt(256));
      String text = new String(damaged);

      assertThat((long) read(text).counts().failing())
          .as("seed %s: %s", seed, text)
          .isGreaterThanOrEqualTo(report.before(place));
    }
  }

  private Written write() {
    var text = new StringBuilder(pick(STARTS));
    var failures = new ArrayList<Integer>();
    boolean wrapped = random.nextBoolean();
    text.append(wrapped ? "<testsuites>" : "");
    for (int suites = wrapped ? 1 + random.nextInt(3) : 1; suites > 0; suites--) {
      text.append("<testsuite name='s'>\n");
      for (int cases = random.nextInt(6); cases > 0; cases--) {
        writeCase(text, failures);
      }
      text.append("<system-out><![CDATA[<testcase>]]></system-out></testsuite>\n");
    }
    text.append(wrapped ? "</testsuites>\n" : "");
    return new Written(text.toString(), failures);
  }

  private void writeCase(StringBuilder text, List<Integer> failures) {
    text.append("<testcase classname='c' name=\"a > 'b' " + random.nextInt(9) + "\">");
    if (random.nextInt(3) == 0) {
      String failure = pick(FAILURES);
      int tag = Math.max(failure.indexOf("<failure"), failure.indexOf("<error"));
      failures.add(text.length() + failure.indexOf('>', tag) + 1);
      text.append(failure);
    }
    text.append("</testcase>");
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static Tally read(String text) throws IOException {
    var tally = new Tally(Set.of(), new Room(new Texts(Redactor.of(List.of()))));
    XmlReport.read(new ByteArrayInputStream(text.getBytes(UTF_8)), tally);
    return tally;
  }
}
