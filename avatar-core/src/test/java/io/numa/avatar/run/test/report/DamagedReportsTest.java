package io.numa.avatar.run.test.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports that are not XML to the letter. */
class DamagedReportsTest {
  private static final String PLAIN =
      "<testsuite><testcase name='a'><failure message='é'/></testcase></testsuite>";

  static Stream<Arguments> oddCharacters() {
    return Stream.of(
        arguments("<![CDATA[\u001b[31mred\u001b[0m]]>", "␛[31mred␛[0m"),
        arguments("&#27;[31mred&#x1b;[0m", "␛[31mred␛[0m"),
        arguments("nul \0, bell \u0007", "nul ␀, bell ␇"),
        arguments("&#0;&#xB;", "␀␋"),
        arguments("&#xD800;&#xFFFF;&#99999999;", "&#xD800;&#xFFFF;&#99999999;"),
        arguments("\uFFFE and \uFFFF", "\uFFFD and \uFFFD"),
        arguments("a &nbsp; b &unknown; c &amp; d", "a &nbsp; b &unknown; c & d"),
        arguments("R&D & more <3", "R&D & more <3"),
        arguments("a ]]> b", "a ]]> b"),
        arguments("&#128512;&lt;", "\uD83D\uDE00<"),
        arguments("<!-- a -- b --><?pi?>c", "c"));
  }

  /**
   * go-junit-report#138, expecto#324, junit5#2269, unittest-xml-reporting#74: characters that XML
   * forbids.
   */
  @ParameterizedTest
  @MethodSource("oddCharacters")
  void readsOnOverCharactersThatXmlForbids(String text, String message) throws IOException {
    assertThat(
            read(
                "<testsuite><testcase name='a'><failure>"
                    + text
                    + "</failure></testcase></testsuite>"))
        .isEqualTo(failed(message));
  }

  @ParameterizedTest
  @MethodSource("oddCharacters")
  void readsOnOverThemInAttributes(String text, String message) throws IOException {
    boolean markup = text.contains("<!");
    String value = markup ? message : text;

    assertThat(
            read(
                "<testsuite><testcase name='a'><failure message=\""
                    + value
                    + "\"/></testcase></testsuite>"))
        .isEqualTo(failed(message));
  }

  static Stream<Arguments> encodings() {
    return Stream.of(
        arguments(PLAIN.getBytes(UTF_8)),
        arguments(PLAIN.getBytes(ISO_8859_1)),
        arguments(PLAIN.getBytes(UTF_16)),
        arguments(PLAIN.getBytes(UTF_16LE)),
        arguments(("\uFEFF" + PLAIN).getBytes(UTF_8)),
        arguments(("\uFEFF" + PLAIN).getBytes(UTF_16LE)),
        arguments(declared("utf8", UTF_8.name())),
        arguments(declared("UTF8", UTF_8.name())),
        arguments(declared("UTF_8", UTF_8.name())),
        arguments(declared("utf-16", UTF_8.name())),
        arguments(declared("UTF-32", UTF_8.name())),
        arguments(declared("us-ascii", UTF_8.name())),
        arguments(declared("no such name", UTF_8.name())),
        arguments(declared("UTF-8", ISO_8859_1.name())),
        arguments(declared("iso-8859-1", ISO_8859_1.name())),
        arguments(declared("windows-1252", "windows-1252")),
        arguments(declared("ibm500", UTF_8.name())));
  }

  private static byte[] declared(String name, String used) {
    String text = "<?xml version=\"1.1\" encoding=\"" + name + "\"?>\n" + PLAIN;
    return text.getBytes(java.nio.charset.Charset.forName(used));
  }

  /** sgx-lkl#523: {@code encoding="utf8"}; and a Latin-1 byte in a file that says UTF-8. */
  @ParameterizedTest
  @MethodSource("encodings")
  void letsTheBytesDecideAboutTheEncoding(byte[] file) throws IOException {
    assertThat(read(new ByteArrayInputStream(file))).isEqualTo(failed("é"));
  }

  @Test
  void keepsNamesApartThatDifferInOneOddByte() throws IOException {
    String text =
        "<testsuite><testcase name='\u00e8'><failure/></testcase>"
            + "<testcase name='\u00e9'><failure/></testcase></testsuite>";

    assertThat(read(new ByteArrayInputStream(text.getBytes(ISO_8859_1))).failures())
        .extracting(FailedTest::name)
        .containsExactly("è", "é");
  }

  @Test
  void readsSeveralDocumentsInOneFile() throws IOException {
    assertThat(
            read("""
                <?xml version="1.0"?>
                <!DOCTYPE testsuite [<!ENTITY a "b"><!ELEMENT testsuite (testcase*)>]>
                <testsuite><testcase name="a"/></testsuite>
                <?xml version="1.0"?>
                <testsuites><testsuite><testcase name="b"><error/></testcase></testsuite></testsuites>
                """)
                .counts())
        .isEqualTo(new Counts(2, 0, 1, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "1 | the end of the file is missing | <testsuite><testcase name='a'/>",
        "1 | the end of the file is missing | <testsuite><testcase name='a'/><!-- ",
        "1 | the end of the file is missing | <testsuite><testcase name='a'/><![CDATA[ ",
        "1 | the end of the file is missing | <testsuite><testcase name='a'/><testcase name='b",
        "1 | the end of the file is missing | <testsuite><testcase name='a'/><testcase name='b'/",
        "1 | The element type \"testsuite\" must be | <testsuite><testcase name='a'/></suite>   ",
      })
  void saysWhereAndWhyItReadsNoFurther(int cases, String why, String text) throws IOException {
    var tally = tally("\n\n" + text);

    assertThat(tally.counts().run()).isEqualTo(cases);
    assertThat(tally.fault().orElseThrow().line()).isEqualTo(3);
    assertThat(tally.fault().orElseThrow().why()).startsWith(why);
  }

  @Test
  void countsAFailureThatIsCutInTheMiddle() throws IOException {
    var tally = tally("<testsuite><testcase name='a'/><testcase name='b'><failure>not ma");

    assertThat(tally.counts()).isEqualTo(new Counts(2, 1, 0, 0));
    assertThat(tally.failures()).containsExactly(new FailedTest("b", ""));
  }

  /** A suite says of more failures than it has: the others have no names. */
  @Test
  void noticesFailuresThatAreNotShown() throws IOException {
    var tally =
        tally("<testsuite failures='2' errors='1'><testcase><failure/></testcase></testsuite>");

    assertThat(tally.fault()).contains(new Fault(1, "it speaks of 3 failures, and shows 1"));
  }

  @Test
  void countsAnErrorOutsideOfAllTests() throws IOException {
    assertThat(
            read(
                "<testsuite name='app' errors='1'><testcase name='a'/><error>no build</error></testsuite>"))
        .isEqualTo(
            new TestResults(
                new Counts(1, 0, 1, 0),
                List.of(new FailedTest("app", "no build")),
                Set.of(),
                List.of()));
  }

  @Test
  void endsAtElementsThatAreNestedTooDeeply() throws IOException {
    var tally = tally("<testsuite><testcase name='a'/>" + "<testsuite>".repeat(100_000));

    assertThat(tally.counts().run()).isEqualTo(1);
    assertThat(tally.fault().orElseThrow().why()).isEqualTo("its elements are nested too deeply");
  }

  @Test
  @Timeout(20)
  void readsLongOutputAsAStream() throws IOException {
    byte[] line = "0123456789 <&> ]] 0123456789\n".repeat(1_000).getBytes(UTF_8);
    InputStream output =
        new SequenceInputStream(
            Collections.enumeration(
                Collections.nCopies(1_000, line).stream()
                    .<InputStream>map(ByteArrayInputStream::new)
                    .toList()));
    var file =
        new SequenceInputStream(
            new SequenceInputStream(
                bytes("<testsuite><testcase name='a'><system-out><![CDATA["), output),
            bytes("]]></system-out><failure message='é'/></testcase></testsuite>"));

    assertThat(read(file)).isEqualTo(failed("é"));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static TestResults failed(String message) {
    return new TestResults(
        new Counts(1, 1, 0, 0), List.of(new FailedTest("a", message)), Set.of(), List.of());
  }

  private static TestResults read(String text) throws IOException {
    return read(bytes(text));
  }

  private static TestResults read(InputStream in) throws IOException {
    var tally = new Tally(Set.of(), new Room(new Texts(Redactor.of(List.of()))));
    assertThat(XmlReport.read(in, tally)).isTrue();
    assertThat(tally.fault()).isEmpty();
    return new TestResults(tally.counts(), tally.failures(), tally.passed(), List.of());
  }

  private static Tally tally(String text) throws IOException {
    var tally = new Tally(Set.of(), new Room(new Texts(Redactor.of(List.of()))));
    assertThat(XmlReport.read(bytes(text), tally)).isTrue();
    return tally;
  }
}
