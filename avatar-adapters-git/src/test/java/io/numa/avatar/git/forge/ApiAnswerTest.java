package io.numa.avatar.git.forge;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.http.AnswerVerdict;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.task.FailureKind;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiAnswerTest {
  @ParameterizedTest
  @CsvSource({
    "200, PASSING, INVALID_ANSWER",
    "204, PASSING, INVALID_ANSWER",
    "301, PASSING, INVALID_ANSWER",
    "302, PASSING, INVALID_ANSWER",
    "400, FINAL_FOR_REQUEST, INTERNAL",
    "401, CREDENTIALS, UNAUTHORIZED",
    "403, CREDENTIALS, UNAUTHORIZED",
    "404, FINAL_FOR_TASK, NOT_FOUND",
    "405, FINAL_FOR_REQUEST, INTERNAL",
    "407, CREDENTIALS, UNAUTHORIZED",
    "408, PASSING, UNAVAILABLE",
    "409, FINAL_FOR_REQUEST, CONFLICT",
    "410, FINAL_FOR_TASK, NOT_FOUND",
    "413, FINAL_FOR_REQUEST, INTERNAL",
    "422, FINAL_FOR_REQUEST, INTERNAL",
    "425, PASSING, UNAVAILABLE",
    "429, PASSING, UNAVAILABLE",
    "451, FINAL_FOR_TASK, NOT_FOUND",
    "500, PASSING, UNAVAILABLE",
    "502, PASSING, UNAVAILABLE",
    "503, PASSING, UNAVAILABLE",
    "507, PASSING, UNAVAILABLE"
  })
  void judgesAnAnswer(int status, AnswerVerdict verdict, FailureKind kind) {
    var answer = new HttpAnswer(status, Headers.of(), "", Optional.empty());

    ApiAnswer row = ApiAnswer.of(answer);

    assertThat(row.verdict()).isEqualTo(verdict);
    assertThat(row.kind()).isEqualTo(kind);
    assertThat(row.words(answer)).doesNotContain("%");
  }

  @ParameterizedTest
  @CsvSource({"Retry-After, 7", "X-RateLimit-Remaining, 0", "RateLimit-Remaining, 0"})
  void takesALimitOfTheRateForNoRefusal(String header, String value) {
    var answer = new HttpAnswer(403, Headers.of(header, value), "", Optional.empty());

    assertThat(ApiAnswer.of(answer)).isEqualTo(ApiAnswer.BUSY);
  }
}
