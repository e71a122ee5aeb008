package io.numa.avatar.operation.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdviceTest {
  @ParameterizedTest
  @EnumSource
  void eachKindHasSentencesInBothLanguages(FailureKind kind) {
    AdviceText english = Advice.of(kind).text(Locale.UK);
    AdviceText chinese = Advice.of(kind).text(Locale.SIMPLIFIED_CHINESE);

    assertThat(english.meaning()).endsWith(".").doesNotContainPattern("\\p{IsHan}");
    assertThat(english.lookAt()).endsWith(".").doesNotContainPattern("\\p{IsHan}");
    assertThat(chinese.meaning()).endsWith("。").containsPattern("\\p{IsHan}");
    assertThat(chinese.lookAt()).endsWith("。").containsPattern("\\p{IsHan}");
  }

  /** Programs decide by {@link FailureKind#retryable()}, people by this. */
  @ParameterizedTest
  @EnumSource
  void saysThatAnotherTryHelpsWhereTheAvatarRetries(FailureKind kind) {
    assertThat(Advice.of(kind).anotherTry() == AnotherTry.HELPS).isEqualTo(kind.retryable());
  }

  @ParameterizedTest
  @EnumSource
  void namesAnAnchorThatTheDocumentHas(FailureKind kind) throws IOException {
    for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.CHINESE}) {
      String[] page = Advice.of(kind).page(locale).split("#", 2);

      assertThat(Files.readString(Path.of("..", page[0]))).contains("\n## " + page[1] + "\n");
    }
  }

  @Test
  void speaksEnglishWhereItDoesNotKnowTheLanguage() {
    assertThat(Advice.of(FailureKind.TAKEN).text(Locale.FRENCH))
        .isEqualTo(Advice.of(FailureKind.TAKEN).text(Locale.ENGLISH));
  }
}
