package io.numa.avatar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerVerdictTest {
  @ParameterizedTest
  @CsvSource({
    "200, PASSING",
    "204, PASSING",
    "301, PASSING",
    "302, PASSING",
    "307, PASSING",
    "400, FINAL_FOR_REQUEST",
    "401, CREDENTIALS",
    "403, CREDENTIALS",
    "404, FINAL_FOR_TASK",
    "405, FINAL_FOR_REQUEST",
    "407, CREDENTIALS",
    "408, PASSING",
    "409, FINAL_FOR_REQUEST",
    "410, FINAL_FOR_TASK",
    "411, FINAL_FOR_REQUEST",
    "413, FINAL_FOR_REQUEST",
    "415, FINAL_FOR_REQUEST",
    "422, FINAL_FOR_REQUEST",
    "425, PASSING",
    "429, PASSING",
    "451, FINAL_FOR_TASK",
    "499, FINAL_FOR_REQUEST",
    "500, PASSING",
    "502, PASSING",
    "503, PASSING",
    "507, PASSING",
    "599, PASSING",
  })
  void judgesByTheStatus(int status, AnswerVerdict verdict) {
    assertThat(AnswerVerdict.ofStatus(status)).isEqualTo(verdict);
  }

  @Test
  void doesNotTakeALimitOfTheRateForARefusedLogin() {
    assertThat(AnswerVerdict.of(answer(403, Headers.of("Retry-After", "7"))))
        .isEqualTo(AnswerVerdict.PASSING);
    assertThat(AnswerVerdict.of(answer(403, Headers.of()))).isEqualTo(AnswerVerdict.CREDENTIALS);
  }

  private static HttpAnswer answer(int status, Headers headers) {
    return new HttpAnswer(status, headers, "", Optional.empty());
  }
}
