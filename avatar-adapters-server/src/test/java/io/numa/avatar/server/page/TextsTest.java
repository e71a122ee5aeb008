package io.numa.avatar.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.operation.RunState;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.task.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
  private final Map<String, List<String>> table = Texts.table();

  @Test
  void hasEachTextInEachLanguageWithTheSameValues() {
    assertThat(table)
        .allSatisfy(
            (key, texts) -> {
              assertThat(texts).doesNotContain("");
              assertThat(values(texts.get(0))).isEqualTo(values(texts.get(1)));
            });
  }

  private static List<String> values(String text) {
    return Pattern.compile("\\{\\d}")
        .matcher(text)
        .results()
        .map(result -> result.group())
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void hasTheWordsOfAllValues() {
    Stream<String> words =
        Stream.of(
                Arrays.stream(Stage.values()).map(each -> "stage_" + each.word()),
                Arrays.stream(OutcomeWord.values()).map(each -> "outcome_" + each.word()),
                Arrays.stream(RunState.values()).map(each -> "state_" + each.word()),
                Arrays.stream(Waiting.Kind.values()).map(each -> "why_" + each.word()))
            .flatMap(each -> each);

    assertThat(table.keySet()).containsAll(words.toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "head.html",
        "foot.html",
        "home.html",
        "rows.html",
        "tasks.html",
        "task.html",
        "login.html",
        "missing.html"
      })
  void hasTheTextsOfEachTemplate(String template) {
    Matcher names = Pattern.compile("\\{\\{t\\.(\\w+)}}").matcher(Resources.text(template));

    assertThat(names.results().map(result -> result.group(1))).isSubsetOf(table.keySet());
  }

  @Test
  void countsInWords() {
    var english = new Texts(Language.ENGLISH);

    assertThat(english.count("turns", 1)).isEqualTo("1 turn");
    assertThat(english.count("turns", 2)).isEqualTo("2 turns");
    assertThat(new Texts(Language.CHINESE).count("turns", 1)).isEqualTo("1 轮");
  }
}
