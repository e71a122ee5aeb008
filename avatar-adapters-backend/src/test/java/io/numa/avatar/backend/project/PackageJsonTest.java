package io.numa.avatar.backend.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageJsonTest {
  private static final String WHOLE =
      """
      {
        "name": "app", "version": "1.0.0", "private": true, "n": [1, {"scripts": {"test": "no"}}],
        "scripts" : {
          "build": "tsc -p .",
          "test" :\t"jest \\"a b\\" \\u00fc \\\\ {"
        },
        "config": {"scripts": {"test": "no"}, "test": "no"}
      }
      """;

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments(WHOLE, Map.of("build", "tsc -p .", "test", "jest \"a b\" ü \\ {")),
        arguments("\uFEFF{\"scripts\":{\"test\":\"x\"}}", Map.of("test", "x")),
        arguments(
            "{\"scripts\":{\"test\":[\"x\"],\"a\":{\"b\":\"c\"},\"d\":\"e\"}}", Map.of("d", "e")),
        arguments("{\"scripts\":\"test\",\"test\":\"x\"}", Map.of()),
        arguments("{\"scripts\":[\"test\"],\"b\":{\"test\":\"x\"}}", Map.of()),
        arguments("[\"scripts\",{\"test\":\"x\"}]", Map.of()),
        arguments("", Map.of()));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void findsTheTextsOfTheTopmostScripts(String json, Map<String, String> scripts) {
    assertThat(PackageJson.of(json).sections().getOrDefault("scripts", Map.of()))
        .isEqualTo(scripts);
  }

  @Test
  void findsTheObjectsAtTheTopAndNoOthers() {
    assertThat(PackageJson.of(WHOLE).sections())
        .containsOnlyKeys("scripts", "config")
        .containsEntry("config", Map.of("test", "no"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": {}, /* tests */ \"scripts\": {\"test\": \"x\",}, // end\n}",
        "{\"scripts\": {\"test\": \"x\"",
        "{\"scripts\": {\"test\": \"x\"} \"b\": 1}",
        "{\"scripts\": {\"test\": \"x\", oops}}",
        "{\"files\": [\"a\tb\", \"\\d\"], \"scripts\": {\"test\": \"x\"}}",
      })
  void findsWhatStandsBeforeAFault(String json) {
    assertThat(PackageJson.of(json).sections()).containsEntry("scripts", Map.of("test", "x"));
  }

  @Test
  void survivesTextThatBreaksOffAnywhere() {
    for (int length = 0; length < WHOLE.length(); length++) {
      var cut = WHOLE.substring(0, length);
      assertThatCode(() -> PackageJson.of(cut).sections()).doesNotThrowAnyException();
    }
  }
}
