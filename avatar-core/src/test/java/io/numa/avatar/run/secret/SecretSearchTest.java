package io.numa.avatar.run.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.Secret;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SecretSearchTest {
  private static final String SEED = "20261130";

  /** Writes a secret in a disguise; the random numbers choose among its spellings. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
  private enum Disguise {
    PLAIN((text, random) -> bytes(text)),
    HEX((text, random) -> bytes(hex("", random).formatHex(bytes(text)))),
    HEX_WITH_SEPARATORS(
        (text, random) ->
            bytes(
                hex(one(random, ":", " ", "-", ", ", "\\x", ", 0x", ",\n  ", "%", "="), random)
                    .formatHex(bytes(text)))),
    UTF_16_LITTLE((text, random) -> text.getBytes(UTF_16LE)),
    UTF_16_BIG((text, random) -> text.getBytes(UTF_16BE)),
    UTF_32((text, random) -> text.getBytes(Charset.forName("UTF-32LE"))),
    HEX_OF_UTF_16((text, random) -> bytes(HexFormat.of().formatHex(text.getBytes(UTF_16LE)))),
    REVERSED((text, random) -> bytes(new StringBuilder(text).reverse().toString())),
    PERCENT((text, random) -> bytes(escaped(text, random, c -> "%%%02X".formatted(c)))),
    PERCENT_TWICE((text, random) -> bytes(escaped(text, random, c -> "%%25%02x".formatted(c)))),
    UNICODE((text, random) -> bytes(escaped(text, random, c -> "\\u%04x".formatted(c)))),
    UNICODE_BRACES((text, random) -> bytes(escaped(text, random, c -> "\\u{%X}".formatted(c)))),
    UNICODE_IN_JSON((text, random) -> bytes(escaped(text, random, c -> "\\\\u%04X".formatted(c)))),
    HEX_ESCAPES((text, random) -> bytes(escaped(text, random, c -> "\\x%02x".formatted(c)))),
    OCTAL_ESCAPES((text, random) -> bytes(escaped(text, random, c -> "\\%03o".formatted(c)))),
    ENTITIES((text, random) -> bytes(escaped(text, random, "&#%d;"::formatted))),
    HEX_ENTITIES((text, random) -> bytes(escaped(text, random, c -> "&#x%x;".formatted(c)))),
    NUMBERS(
        (text, random) ->
            bytes(
                text.chars().mapToObj(Integer::toString).collect(joining(one(random, ", ", " "))))),
    BASE_64((text, random) -> bytes(base64(text, random))),
    BASE_64_WRAPPED((text, random) -> bytes(split(base64(text, random), random, "\n", "\n    "))),
    BASE_32((text, random) -> bytes(base32(" ".repeat(random.nextInt(5)) + text + "\n"))),
    SPLIT(
        (text, random) ->
            bytes(
                split(
                    text, random, " ", "\n", "\r\n  ", "\\\n", "\" +\n    \"", "' . '", "\", \""))),
    CONCATENATED_ESCAPES(
        (text, random) ->
            bytes(
                split(escaped(text, random, c -> "\\u%04x".formatted(c)), random, "")
                    .replace("\\", "\" + \"\\")));

    private final BiFunction<String, Random, byte[]> writing;

    Disguise(BiFunction<String, Random, byte[]> writing) {
      this.writing = writing;
    }

    private static byte[] bytes(String text) {
      return text.getBytes(UTF_8);
    }

    private static String one(Random random, String... choices) {
      return choices[random.nextInt(choices.length)];
    }

    private static HexFormat hex(String separator, Random random) {
      HexFormat hex = HexFormat.ofDelimiter(separator);
      return random.nextBoolean() ? hex : hex.withUpperCase();
    }

    /** Escapes all characters, or some of them. */
    private static String escaped(String text, Random random, IntFunction<String> escape) {
      boolean all = random.nextBoolean();
      return text.chars()
          .mapToObj(c -> all || random.nextInt(3) == 0 ? escape.apply(c) : Character.toString(c))
          .collect(joining());
    }

    private static String base64(String text, Random random) {
      return Base64.getEncoder().encodeToString(bytes("x".repeat(random.nextInt(3)) + text + "\n"));
    }

    private static String split(String text, Random random, String... separators) {
      String separator = one(random, separators);
      int size = 1 + random.nextInt(text.length());
      return text.replaceAll("(?s).{" + size + "}", "$0" + separator.replace("\\", "\\\\"));
    }

    private static String base32(String text) {
      var bits = new StringBuilder();
      for (byte unit : bytes(text)) {
        bits.append(String.format("%8s", Integer.toBinaryString(unit & 0xff)).replace(' ', '0'));
      }
      bits.append("0".repeat(Math.floorMod(-bits.length(), 5)));
      return IntStream.range(0, bits.length() / 5)
          .map(i -> Integer.parseInt(bits.substring(5 * i, 5 * i + 5), 2))
          .mapToObj(i -> "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".substring(i, i + 1))
          .collect(joining());
    }
  }

  @Property(seed = SEED, tries = 1_000, shrinking = ShrinkingMode.OFF)
  void findsATokenInEachDisguiseHoweverTheStreamIsCut(
      @ForAll @AlphaChars @NumericChars @Chars({'-', '_'}) @StringLength(max = 40) String random,
      @ForAll Disguise disguise,
      @ForAll Random choice) {
    String token = "tO0kEn9fGh2xZq4b" + random;

    byte[] text = disguise.writing.apply(token, choice);

    assertThat(isFound(token, text, choice)).as(new String(text, ISO_8859_1)).isTrue();
  }

  @Property(seed = SEED, tries = 300)
  void findsNothingInTextThatDoesNotHoldTheToken(
      @ForAll @AlphaChars @NumericChars @StringLength(min = 8, max = 40) String token,
      @ForAll Disguise disguise,
      @ForAll
          @AlphaChars
          @NumericChars
          @Chars({' ', '\n', '\\', '%', '"'})
          @StringLength(max = 2_000)
          String text,
      @ForAll Random choice) {
    String other = new StringBuilder(token).insert(1 + choice.nextInt(6), '~').toString();

    assertThat(isFound(token + "1!aA", disguise.writing.apply(text + other, choice), choice))
        .isFalse();
  }

  /** The sources of this project have random-looking texts of all kinds. */
  @Test
  void findsNothingInRealSourcesOrRandomBytes() throws IOException {
    var random = new Random(7);
    byte[] bytes = new byte[1 << 19];
    random.nextBytes(bytes);
    byte[] base64 = Base64.getMimeEncoder().encode(bytes);
    var secrets =
        List.of(
            new Secret("k8s-4dmin!"),
            new Secret("ghx_16C7e42F292c6912E7710c83"),
            new Secret("0123-4567-89ab"),
            new Secret("correct horse 42"));

    assertThat(isFound(secrets, bytes, random)).isFalse();
    assertThat(isFound(secrets, base64, random)).isFalse();
    for (Path file : sources()) {
      assertThat(isFound(secrets, Files.readAllBytes(file), random)).as("%s", file).isFalse();
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("SecretSearchTest.java"))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost-8080, http://localhost:8080/",
    "numaavatar, numa-avatar",
    "correcthorsebattery, correct horse battery",
    "123456789012, '123456, 789012'",
    "admin12, admin12",
    "admin-12, admin 12",
  })
  void allowsOrdinaryTextThatResemblesAWeakSecret(String secret, String text) {
    assertThat(isFound(secret, text.getBytes(UTF_8), new Random(1))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SPLIT", "CONCATENATED_ESCAPES", "BASE_32", "BASE_64_WRAPPED"})
  void findsAPasswordOfEightBytesUnlessItIsSplit(Disguise disguise) {
    for (int seed = 0; seed < 50; seed++) {
      var random = new Random(seed);

      assertThat(isFound("pass-wOr", disguise.writing.apply("pass-wOr", random), random)).isTrue();
    }
  }

  @Test
  void findsTheLinesOfAKeyInDisguise() {
    String line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    String key = "-----BEGIN KEY-----\r\n" + line + "\r\nshort\r\n-----END KEY-----";
    var random = new Random(1);

    for (Disguise disguise : Disguise.values()) {
      for (String end : List.of("\r\n", "\n")) {
        byte[] text = disguise.writing.apply(key.replace("\r\n", end), random);
        assertThat(isFound(key, text, random)).as("%s", disguise).isTrue();
      }
    }
    assertThat(isFound(key, Disguise.UTF_16_BIG.writing.apply(line, random), random)).isTrue();
    assertThat(isFound(key, "-----BEGIN KEY-----\nshort\n".getBytes(UTF_8), random)).isFalse();
  }

  private static boolean isFound(String secret, byte[] text, Random cuts) {
    return isFound(List.of(new Secret(secret)), text, cuts);
  }

  private static boolean isFound(List<Secret> secrets, byte[] text, Random cuts) {
    var found = new AtomicBoolean();
    OutputSink sink = Redactor.of(secrets).search().stream(() -> found.set(true));
    for (int at = 0; at < text.length; ) {
      int count = Math.min(text.length - at, 1 + cuts.nextInt(text.length < 5_000 ? 20 : 10_000));
      sink.write(text, at, count);
      at += count;
    }
    sink.write(new byte[] {'\n'}, 0, 1);
    return found.get();
  }
}
