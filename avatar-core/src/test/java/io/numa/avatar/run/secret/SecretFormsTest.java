package io.numa.avatar.run.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFormsTest {
  private static final String SEED = "20261123";

  private static final String KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj
      MzEfYyjiWA4R4+M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu
      q1/tVGK3Kt==
      -----END PRIVATE KEY-----
      """;

  /** Finds the characters that depend on the secret alone by varying the neighbouring bytes. */
  @Property(seed = SEED)
  void findsTheCharactersOfBase64ThatAreTheSecretsAlone(
      @ForAll
          @AlphaChars
          @NumericChars
          @Chars({'~', '?', '>', 'é'})
          @StringLength(min = 5, max = 30)
          String secret,
      @ForAll boolean urls) {
    var forms = SecretForms.of(new Secret(secret)).whole();

    for (int phase = 0; phase < 3; phase++) {
      String own = charactersThatNeverChange(secret.getBytes(UTF_8), phase, urls);
      assertThat(forms).contains(own);
      assertThat(own).hasSizeGreaterThanOrEqualTo(6);
    }
  }

  private static String charactersThatNeverChange(byte[] secret, int phase, boolean urls) {
    var encoder = (urls ? Base64.getUrlEncoder() : Base64.getEncoder()).withoutPadding();
    var random = new Random(1);
    String first = encoder.encodeToString(between(random, secret, phase));
    var same = new boolean[first.length()];
    Arrays.fill(same, true);
    for (int i = 0; i < 200; i++) {
      String other = encoder.encodeToString(between(random, secret, phase));
      for (int at = 0; at < same.length; at++) {
        same[at] &= first.charAt(at) == other.charAt(at);
      }
    }
    var own = new StringBuilder();
    for (int at = 0; at < same.length; at++) {
      own.append(same[at] ? String.valueOf(first.charAt(at)) : "");
    }
    return own.toString();
  }

  private static byte[] between(Random random, byte[] secret, int phase) {
    var text = new ByteArrayOutputStream();
    var neighbours = new byte[phase + 3];
    random.nextBytes(neighbours);
    text.write(neighbours, 0, phase);
    text.writeBytes(secret);
    text.write(neighbours, phase, 3);
    return text.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"s3cret!, czNjcmV0IQ", "s3cret!!, czNjcmV0ISE", "s3cret!!!, czNjcmV0ISEh"})
  void knowsTheLastCharacterWhereNothingFollows(String secret, String encoded) {
    assertThat(SecretForms.of(new Secret(secret)).whole()).contains(encoded);
  }

  @ParameterizedTest
  @CsvSource({
    "p@ss w/rd~é, p%40ss+w%2Frd%7E%C3%A9",
    "p@ss w/rd~é, p%40ss%20w%2Frd~%C3%A9",
    "p@ss w/rd~é, p%40ss%20w%2frd~%c3%a9",
    "p@ss w/rd~é, p%40ss%20w/rd~%C3%A9",
    "wow!'(it)*, wow!'(it)*",
    "wow!'(it)*, wow%21%27%28it%29%2A",
    "a\"b\\c/d,   'a\\\"b\\\\c/d'",
    "a\"b\\c/d,   'a\\\"b\\\\c\\/d'",
    "a\"b\\c/d,   'a\\\\\\\"b\\\\\\\\c/d'",
    "é<ü>x&,     '\\u00e9<\\u00fc>x&'",
    "é<ü>x&,     '\\u00E9<\\u00FC>x&'",
    "é<ü>x&,     'é\\u003cü\\u003ex\\u0026'",
    "s3cret-é,   7333637265742dc3a9",
    "s3cret-é,   7333637265742DC3A9",
  })
  void knowsWhatEncodersMakeOfIt(String secret, String encoded) {
    assertThat(SecretForms.of(new Secret(secret)).whole()).contains(encoded);
  }

  @Property(seed = SEED)
  void knowsWhatTheJdkMakesOfIt(@ForAll @StringLength(min = 4, max = 20) String any) {
    String secret = "x" + any.replaceAll("[\\ud800-\\udfff]", "") + "key";

    assertThat(SecretForms.of(new Secret(secret)).whole())
        .contains(secret, URLEncoder.encode(secret, UTF_8));
  }

  @Test
  void isOneFormWhereNothingIsToBeEncoded() {
    var forms = SecretForms.of(new Secret("abcdefghi"));

    assertThat(forms.lines()).isEmpty();
    assertThat(forms.whole())
        .containsExactlyInAnyOrder(
            "abcdefghi",
            "616263646566676869",
            "YWJjZGVmZ2hp",
            "FiY2RlZmdoa",
            "FiY2RlZmdoaQ",
            "hYmNkZWZnaGk",
            "hYmNkZWZnaG");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void isFoundWithAnyLineEnds(String lineEnd) {
    String printed = "key:" + lineEnd + KEY.replace("\n", lineEnd) + "end";
    var redactor = Redactor.of(List.of(new Secret(KEY)));

    assertThat(redactor.redact(printed)).isEqualTo("key:" + lineEnd + "***" + lineEnd + "end");
  }

  @Test
  void isFoundLineByLine() {
    var indented = new ArrayList<String>();
    KEY.lines().forEach(line -> indented.add("> " + line));
    var redactor = Redactor.of(List.of(new Secret(KEY)));

    assertThat(redactor.redact(String.join("\n", indented)))
        .isEqualTo(
            "> -----BEGIN PRIVATE KEY-----\n> ***\n> ***\n> ***\n> -----END PRIVATE KEY-----");
  }

  @Test
  void isFoundInJson() {
    String json = "{\"key\":\"" + KEY.replace("\n", "\\n").replace("/", "\\/") + "\"}";

    assertThat(Redactor.of(List.of(new Secret(KEY))).redact(json))
        .isEqualTo("{\"key\":\"***\\n\"}");
  }

  @Test
  void isFoundWithinWhatIsEncoded() {
    byte[] header = "Authorization: user:hunter2-hunter2 and more".getBytes(UTF_8);
    var redactor = Redactor.of(List.of(new Secret("hunter2-hunter2")));

    String clean = redactor.redact(new String(Base64.getEncoder().encode(header), ISO_8859_1));

    assertThat(clean).isEqualTo("QXV0aG9yaXphdGlvbjogdXNlcjp***gYW5kIG1vcmU=");
  }

  /** A line that may be in ordinary text does not count as the whole secret. */
  @Test
  void tellsKeysFromOtherLines() {
    String account =
        """
        {
          "type": "service_account",
          "id": 7
        }""";

    assertThat(SecretForms.of(new Secret(account)).lines())
        .contains("\"type\": \"service_account\",");
    assertThat(SecretForms.of(new Secret(KEY)).whole()).contains(KEY.lines().toList().get(1));
    assertThat(SecretForms.of(new Secret(KEY)).lines())
        .contains("q1/tVGK3Kt==")
        .allMatch(form -> form.startsWith("q1"));
  }

  @Test
  void leavesOutWhatIsTooShort() {
    assertThat(SecretForms.of(new Secret("abc")).whole()).isEmpty();
  }
}
