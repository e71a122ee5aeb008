package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.text.SimpleTerminalFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Output goes into a log in bulk, wherever its bytes are cut. This compares it with the plain steps
 * on the whole text: decode, filter, redact, mark.
 */
class CommandOutputPropertiesTest {
  private static final Redactor REDACTOR = Redactor.of(List.of(new Secret("s3cr\u00e9t")));

  /** What output consists of: plain text, what is taken out, and bytes that are no text. */
  private static final List<byte[]> PIECES =
      pieces(
          "plain text of an ordinary line, longer than the eight bytes that are read at once",
          "a",
          "\t",
          "\n",
          "\n\n",
          " \r\n",
          "\r",
          "~\u007f",
          "\u001f ",
          "\0",
          "s3cr\u00e9t",
          "s3c\u001b[Kr\u00e9t",
          "s3cr\u00e9",
          "s3\u200bcr",
          "\u001b",
          "\u001b[",
          "\u001b[32m",
          "\u001b[m",
          "\u001b[0;1m",
          "32m",
          "\u001b[2K",
          "\u001b[1A",
          "\u001b]0;title \ud83d\ude42\u0007",
          "\u001b]8;;",
          "\u001b\\\\",
          "\u001b(B",
          "\u001bP",
          "\u0080",
          "\u0085",
          "\u009b1m",
          "\u009d",
          "\u009c",
          "\u009f",
          "\u00a0",
          "\u00e9",
          "\u07ff",
          "\u0800",
          "\u0e01",
          "\u2013",
          "\u2027",
          "\u2028",
          "\u2029",
          "\u202a",
          "\u202e",
          "\u202f",
          "\u2065",
          "\u2066",
          "\u2069",
          "\u206a",
          "\u2713",
          "\u4f60\u597d",
          "\ud7ff",
          "\ue000",
          "\ufffd",
          "\uffff",
          "\ud83d\ude42",
          "\ud800\udc00",
          "\udbff\udfff");

  private static final List<byte[]> NO_TEXT =
      List.of(
              "80",
              "c2",
              "c0 80",
              "e2",
              "e2 80",
              "e2 82",
              "e0 80",
              "ed a0 80",
              "ed a0",
              "f0 9f",
              "f0 9f 99",
              "f4 90 80 80",
              "f0 80",
              "ff")
          .stream()
          .map(HexFormat.ofDelimiter(" ")::parseHex)
          .toList();

  private static List<byte[]> pieces(String... texts) {
    return List.of(texts).stream().map(text -> text.getBytes(UTF_8)).toList();
  }

  @Property(seed = "20261130", tries = 3_000)
  void writesWhatThePlainStepsGive(@ForAll("outputs") byte[] output, @ForAll Random cuts)
      throws IOException {
    Path file = Files.createTempDirectory("output").resolve("log");
    var read = new StringBuilder();
    var echo = new StringBuilder();
    try (var log = RunLog.open(file, 0, 1 << 20, REDACTOR, Clock.systemUTC(), echo::append)) {
      try (var sink = log.commandOutput(read::append)) {
        writeInPieces(output, sink, cuts);
      }
      String expected = REDACTOR.redact(SimpleTerminalFilter.filtered(new String(output, UTF_8)));
      assertThat(read).hasToString(expected);
      assertThat(echo).hasToString(marked(expected));
      assertThat(Files.readString(file)).isEqualTo(marked(expected));
    } finally {
      Files.delete(file);
      Files.delete(file.getParent());
    }
  }

  private static void writeInPieces(byte[] output, RunLog.CommandOutput sink, Random cuts) {
    int most = 1 + cuts.nextInt(40);
    for (int at = 0; at < output.length; ) {
      int length = cuts.nextInt(Math.min(most, output.length - at) + 1);
      sink.write(output, at, length);
      at += length;
    }
  }

  private static String marked(String text) {
    boolean ended = text.endsWith("\n");
    String lines = ended ? text.substring(0, text.length() - 1) : text;
    String all = RunLog.MARK + lines.replace("\n", "\n" + RunLog.MARK) + (ended ? "\n" : "");
    return text.isEmpty() ? "" : all;
  }

  @Provide
  Arbitrary<byte[]> outputs() {
    Arbitrary<byte[]> texts = Arbitraries.of(PIECES);
    return Arbitraries.frequencyOf(Tuple.of(9, texts), Tuple.of(1, Arbitraries.of(NO_TEXT)))
        .list()
        .ofMaxSize(40)
        .map(
            pieces -> {
              var bytes = new ByteArrayOutputStream();
              pieces.forEach(bytes::writeBytes);
              return bytes.toByteArray();
            });
  }
}
