package io.numa.avatar.run.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RedactorTest {
  /** A fixed seed, so that a build does not fail by chance. More tries extend the same sequence. */
  private static final String SEED = "20261123";

  static Stream<Arguments> texts() {
    return Stream.of(
        redacted("as it is", "a token in a text", "a *** in a text", "token"),
        redacted("at both ends", "token and token", "*** and ***", "token"),
        redacted("alone", "token", "***", "token"),
        redacted("side by side", "tokentoken", "***", "token"),
        redacted("overlapping itself", "xabababx", "x***x", "abab"),
        redacted("overlapping another", "xabcdefx", "x***x", "abcd", "cdef"),
        redacted("within another", "xabcdefx", "x***x", "abcdef", "bcde"),
        redacted("within the beginning of another", "abcdeX", "a***X", "abcdef", "bcde"),
        redacted("behind a false beginning", "totoken tok", "to*** tok", "token"),
        redacted("URL-encoded", "?p=p%40ss+w%2Frd&", "?p=***&", "p@ss w/rd"),
        redacted("in Base64", "basic czNjcmV0IQ== ok", "basic ***== ok", "s3cret!"),
        redacted("over several lines", "a\nkey 1\nkey 2\nb", "a\n***\nb", "key 1\nkey 2"),
        redacted("of four bytes", "é12 x", "*** x", "é12"),
        redacted("too short to look for", "abc é1 x", "abc é1 x", "abc", "é1", "x"),
        redacted("one of many", "a1b2c3 token1", "a1b2c3 ***1", "tokex", "taken", "token"),
        redacted("of one letter", "xaaaaaaax", "x***x", "aaaa"),
        redacted("beginning again within itself", "aaaab aab aaaabaaab", "a*** aab a***", "aaab"),
        redacted("of a period that breaks", "xyxyxyz xyxyx", "xy***xyx", "xyxyz xy", "xyx"),
        redacted("none", "", "", "token"),
        redacted("no secrets at all", "tokens *** \0 ü", "tokens *** \0 ü"));
  }

  private static Arguments redacted(String name, String text, String clean, String... secrets) {
    return Arguments.of(name, redactor(List.of(secrets)), text, clean);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void hidesSecrets(String name, Redactor redactor, String text, String clean) {
    assertThat(redactor.redact(text)).isEqualTo(clean);
  }

  /**
   * Bytes that were not passed on yet are redacted as if all secrets had been known from the start.
   */
  @Property(seed = SEED)
  void hidesWhatItLearnsWhileAStreamIsOpen(@ForAll("cases") Case example, @ForAll Random cuts) {
    byte[] text = example.text().getBytes(UTF_8);
    var redactor = redactor(example.secrets().subList(0, example.secrets().size() / 2));
    var clean = new ByteArrayOutputStream();

    try (Redactor.Stream stream = redactor.stream(clean::write)) {
      stream.write("a text before, ".getBytes(UTF_8), 0, 15);
      example.secrets().forEach(secret -> redactor.add(new Secret(secret)));
      for (int done = 0; done < text.length; ) {
        int length = Math.min(text.length - done, 1 + cuts.nextInt(7));
        stream.write(text, done, length);
        done += length;
      }
    }

    assertThat(clean.toString(ISO_8859_1))
        .isEqualTo(
            new String(cutAndRedacted(redactor(example.secrets()), text, cuts), ISO_8859_1)
                .transform(rest -> "a text before, " + rest));
  }

  @Test
  void hidesASecretThatItLearnsInTheMiddleOfIt() {
    var redactor = redactor(List.of("abcdef"));
    var clean = new ByteArrayOutputStream();

    try (Redactor.Stream stream = redactor.stream(clean::write)) {
      stream.write("xabcd".getBytes(UTF_8), 0, 5);
      redactor.add(new Secret("bcdxyz123"));
      stream.write("xyz123 abcdef.".getBytes(UTF_8), 0, 14);
    }

    assertThat(clean.toString(UTF_8)).isEqualTo("xa*** ***.");
  }

  @Test
  void countsThePlacesThatItMasks() {
    var redactor = redactor(List.of("token"));

    redactor.redact("a token, another token, no secret");
    redactor.redact("no secret");

    assertThat(redactor.redactions()).isEqualTo(2);
  }

  @Test
  void looksForTheLatestOfVeryManyThatWereAdded() {
    var redactor = redactor(List.of("given-one"));

    for (int i = 1000; i < 1300; i++) {
      redactor.add(new Secret("token-" + i));
    }

    assertThat(redactor.redact("given-one token-1000 token-1044 token-1299"))
        .isEqualTo("*** token-1000 *** ***");
  }

  @Property(seed = SEED)
  void hidesExactlyWhatBelongsToSecretsHoweverTheStreamIsCut(
      @ForAll("cases") Case example, @ForAll Random cuts) {
    byte[] text = example.text().getBytes(UTF_8);

    byte[] clean = cutAndRedacted(redactor(example.secrets()), text, cuts);

    String seen = new String(clean, ISO_8859_1);
    assertThat(seen).isEqualTo(maskedBySearching(text, example.forms()));
    assertThat(example.forms()).noneMatch(seen::contains);
    assertThat(redactor(example.secrets()).redact(example.text()))
        .isEqualTo(new String(clean, UTF_8));
  }

  @Property(seed = SEED)
  void handsOnBytesWithoutSecretsAsTheyAre(@ForAll byte[] bytes, @ForAll Random cuts) {
    var redactor = redactor(List.of("\u0001\u0002never\u0003", "\u0080\u00ff\u0000never"));

    assertThat(cutAndRedacted(redactor, bytes, cuts)).isEqualTo(bytes);
  }

  @Test
  void holdsBackOnlyWhatMayBeginASecret() {
    var out = new ByteArrayOutputStream();
    try (var stream = redactor(List.of("token")).stream(out::write)) {
      write(stream, "Password: tok");
      assertThat(out).hasToString("Password: ");

      write(stream, "yo?\n");
      assertThat(out).hasToString("Password: tokyo?\n");

      write(stream, "toke");
      assertThat(out).hasToString("Password: tokyo?\n");
    }
    assertThat(out).hasToString("Password: tokyo?\ntoke");
  }

  private static void write(Redactor.Stream stream, String text) {
    stream.write(text.getBytes(UTF_8), 0, text.length());
  }

  /** Secrets of a small alphabet, so that they overlap, and a text that contains some of them. */
  record Case(List<String> secrets, String text) {
    /** As ISO-8859-1, so that a character is a byte. */
    List<String> forms() {
      return secrets.stream()
          .map(secret -> SecretForms.of(new Secret(secret)))
          .flatMap(forms -> Stream.concat(forms.whole().stream(), forms.lines().stream()))
          .map(form -> new String(form.getBytes(UTF_8), ISO_8859_1))
          .distinct()
          .toList();
    }

    static String base64(String secret) {
      return Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(UTF_8));
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<String> letters =
        Arbitraries.of("a", "b", "é", "/", "\n")
            .list()
            .ofMaxSize(9)
            .map(parts -> String.join("", parts));
    return letters
        .filter(secret -> !secret.isEmpty())
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .flatMap(
            secrets ->
                Combinators.combine(Arbitraries.just(secrets), texts(letters, secrets))
                    .as(Case::new));
  }

  private static Arbitrary<String> texts(Arbitrary<String> letters, List<String> secrets) {
    Arbitrary<String> planted =
        Arbitraries.of(secrets)
            .flatMap(
                secret ->
                    Arbitraries.of(
                        secret,
                        secret.substring(secret.length() / 2),
                        secret.substring(0, secret.length() / 2),
                        URLEncoder.encode(secret, UTF_8),
                        Case.base64(secret)));
    return Arbitraries.oneOf(letters, planted)
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Property(seed = SEED)
  void keepsTextInWhichNoSecretStands(
      @ForAll @StringLength(max = 200) @Chars({'a', 'b', 'x', 'y'}) String text,
      @ForAll Random cuts) {
    var secrets = List.of("aabz", "xyxyz", "abababz", "zzzz");
    byte[] bytes = text.getBytes(UTF_8);

    assertThat(cutAndRedacted(redactor(secrets), bytes, cuts)).isEqualTo(bytes);
  }

  private static byte[] cutAndRedacted(Redactor redactor, byte[] text, Random cuts) {
    var out = new ByteArrayOutputStream();
    try (var stream = redactor.stream(out::write)) {
      for (int at = 0; at < text.length; ) {
        int length = 1 + cuts.nextInt(Math.min(7, text.length - at));
        stream.write(text, at, length);
        at += length;
      }
    }
    return out.toByteArray();
  }

  /**
   * The slow, simple algorithm: marks every occurrence of every form, and masks each run of marks.
   */
  private static String maskedBySearching(byte[] bytes, List<String> forms) {
    var text = new String(bytes, ISO_8859_1);
    var secret = new BitSet();
    for (String form : forms) {
      for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
        secret.set(at, at + form.length());
      }
    }
    var masked = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (!secret.get(i)) {
        masked.append(text.charAt(i));
      } else if (i == 0 || !secret.get(i - 1)) {
        masked.append("***");
      }
    }
    return masked.toString();
  }

  private static Redactor redactor(List<String> secrets) {
    var hidden = new ArrayList<Secret>();
    secrets.forEach(secret -> hidden.add(new Secret(secret)));
    return Redactor.of(hidden);
  }
}
