package io.numa.avatar.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TaskIdTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "123,           123",
        "a_B-9,         a_B-9",
        "..,            %2E%2E",
        "a/b,           a%2Fb",
        "a%2Fb,         a%252Fb",
        "a\\b,          a%5Cb",
        "C:,            C%3A",
        "$1,            %241",
        "\" x\",        %20x",
        "é,             %C3%A9",
        "🙂,            %F0%9F%99%82",
      })
  void namesAFileAfterTheId(String id, String fileName) {
    assertThat(new TaskId(id).fileName()).isEqualTo(fileName);
  }

  @Property
  void fileNamesAreOnePathSegmentFromWhichTheIdCanBeRead(@ForAll("ids") String id) {
    String fileName = new TaskId(id).fileName();

    assertThat(fileName).matches("[A-Za-z0-9_%-]+");
    assertThat(URLDecoder.decode(fileName, StandardCharsets.UTF_8)).isEqualTo(id);
  }

  @Test
  void longIdsHaveDifferentNamesThatFileSystemsTake() {
    String one = new TaskId("é".repeat(199) + "1").fileName();
    String other = new TaskId("é".repeat(199) + "2").fileName();

    assertThat(one).hasSizeLessThan(200).isNotEqualTo(other);
  }

  @Test
  void halvesOfCharactersAreNoIds() {
    assertThatThrownBy(() -> new TaskId("\ud800")).isInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  Arbitrary<String> ids() {
    var nasty = Arbitraries.of("/", "\\", ".", "..", "%", "%2F", "+", " ", "é", "e\u0301", "🙂");
    var any = Arbitraries.strings().withCharRange(' ', '\ud7ff').ofMaxLength(3);
    return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(1, nasty), net.jqwik.api.Tuple.of(1, any))
        .list()
        .ofMinSize(1)
        .ofMaxSize(20)
        .map(parts -> String.join("", parts))
        .filter(id -> !id.isBlank() && id.indexOf('\177') < 0)
        // A byte becomes at most three characters. Longer names end in a digest.
        .filter(id -> id.getBytes(StandardCharsets.UTF_8).length * 3 <= 120);
  }

  static Stream<Arguments> kinds() {
    return Stream.<Arguments>of(
        kind("task id", TaskId::new),
        kind("topic id", TopicId::new),
        kind("message id", MessageId::new),
        kind("application id", ApplicationId::new),
        kind("avatar id", AvatarId::new));
  }

  private static Arguments kind(String name, Function<String, ?> make) {
    return Arguments.of(name, make);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void idsArePresentAndShortAndPrintable(String kind, Function<String, ?> make) {
    assertThat(make.apply("x".repeat(200))).hasToString("x".repeat(200));
    for (String bad : new String[] {"", " ", "a\nb", "a\0", "\33[31m", "x".repeat(201)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> make.apply(bad))
          .withMessage("not a " + kind + " (1 to 200 printable characters): '" + bad + "'");
    }
  }
}
