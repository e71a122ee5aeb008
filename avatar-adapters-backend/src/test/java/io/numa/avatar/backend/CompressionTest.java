package io.numa.avatar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.server.BackendRequest;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests when requests are compressed, and compressed answers with large content. */
final class CompressionTest {
  private static final String LINES = "a line of the log – grüße\n".repeat(500);
  private static final int LENGTH = (int) new LogChunk(0, LINES).end();

  private final NumaBackend backend = NumaBackend.start().addTask(1, Map.of("title", "One"));
  private final HttpBackend http = Backends.open(backend);
  private final Attempt attempt = Attempt.of(new TaskId("1"));
  private long offset;

  CompressionTest() throws IOException {}

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  @Test
  void sendsPlainLogsToABackendThatSaysNothing() throws InterruptedException {
    append(LINES);
    append(LINES);

    assertThat(codings()).containsExactly("", "");
    assertThat(backend.log(1)).isEqualTo(LINES + LINES);
  }

  @Test
  void compressesLogsOnceTheBackendHasSaidThatItTakesThem() throws InterruptedException {
    backend.takingGzip(true);

    append(LINES);
    append(LINES);

    assertThat(codings()).containsExactly("", "gzip");
    assertThat(backend.requests("/logs").get(1).header("content-length").map(Integer::parseInt))
        .hasValueSatisfying(length -> assertThat(length).isLessThan(LENGTH / 10));
    assertThat(backend.log(1, attempt.id().toString())).isEqualTo(LINES + LINES);
  }

  @Test
  void compressesNeitherWhatIsShortNorStatuses() throws InterruptedException {
    backend.takingGzip(true);
    append(LINES);

    append("a line\n");
    http.statuses().report(attempt, Updates.started(1));

    assertThat(codings()).containsExactly("", "");
    assertThat(backend.requests("/status"))
        .allMatch(request -> request.header("content-encoding").isEmpty());
  }

  @Test
  void sendsItAgainPlainWhereItIsRefusedAndNeverCompressedAgain() throws InterruptedException {
    backend.takingGzip(true);
    append(LINES);
    backend.takingGzip(false);
    append(LINES);
    backend.takingGzip(true);
    append(LINES);

    assertThat(codings()).containsExactly("", "gzip", "", "");
    assertThat(backend.requests("/logs").subList(1, 3))
        .extracting(request -> request.header("idempotency-key"))
        .containsOnly(Optional.of(attempt.id() + ":log:" + LENGTH + "-" + 2 * LENGTH));
    assertThat(backend.log(1)).isEqualTo(LINES.repeat(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | gzip",
        "br, GZIP;q=0.5 | gzip",
        "gzip;q=0 | ''",
        "gzip; q=0.000 | ''",
        "identity | ''",
        "'' | ''"
      })
  void understandsWhatTheBackendTakes(String said, String used) throws InterruptedException {
    backend.misbehave(1, "/logs", new Fault.Answers(200, Map.of("Accept-Encoding", said), "{}"));
    backend.takingGzip(true);

    http.statuses().append(attempt, new LogChunk(0, "x"));
    append(LINES);

    assertThat(codings()).containsExactly("", used);
  }

  @Test
  void readsCompressedAnswers() throws InterruptedException {
    backend.misbehave(1, "/topics/tasks", zipped(200, "{\"id\":5}"));

    assertThat(http.messages().topic("tasks").value()).isEqualTo("5");
  }

  @Test
  void refusesAnAnswerThatIsTooLargeOnceItIsDecompressed() {
    backend.misbehave(
        1, "/topics/tasks", zipped(200, " ".repeat(BackendClient.MAX_ANSWER_BYTES) + "{\"id\":5}"));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.messages().topic("tasks"))
        .withMessageEndingWith("the backend answered 200 with more than 32 MiB")
        .returns(FailureKind.INVALID_ANSWER, PortException::kind);
  }

  @Test
  void doesNotReadMuchOfAComplaint() {
    backend.misbehave(1, "/logs", zipped(400, "no ".repeat(10 << 20)));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> append(LINES))
        .withMessage("could not send the log of task 1: the backend answered 400");
  }

  private static Fault zipped(int status, String body) {
    return new Fault.Answers(status, Map.of("Content-Encoding", "gzip"), body);
  }

  private void append(String text) throws InterruptedException {
    var chunk = new LogChunk(offset, text);
    http.statuses().append(attempt, chunk);
    offset = chunk.end();
  }

  private Iterable<String> codings() {
    return backend.requests("/logs").stream()
        .map((BackendRequest request) -> request.header("content-encoding").orElse(""))
        .toList();
  }
}
