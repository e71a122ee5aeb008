package io.numa.avatar.backend;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.backend.settings.TimeLimits;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TopicId;
import io.numa.avatar.testkit.server.BackendRequest;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the adapter's reactions to a failing network and a failing backend. */
final class BackendFaultsTest {
  private static final TaskId TASK = new TaskId("1");

  private final NumaBackend backend = NumaBackend.start();
  private final HttpBackend http = Backends.open(backend);
  private final Attempt attempt = Attempt.of(TASK);

  BackendFaultsTest() throws IOException {}

  @BeforeEach
  void addTask() {
    backend.addTask(1, Map.of("title", "One", "application_id", 7, "description", "Do it."));
  }

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  static Stream<Fault> passingFaults() {
    return Stream.of(
        Fault.status(408),
        Fault.status(425),
        Fault.status(429),
        Fault.status(500),
        Fault.status(503),
        Fault.status(503, "Retry-After", "0"),
        Fault.status(503, "Retry-After", "soon"),
        new Fault.HangsUp());
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void triesAgainAfterAPassingFault(Fault fault) throws InterruptedException {
    backend.misbehave(2, "/tasks/1", fault);

    assertThat(http.tasks().task(TASK).title()).isEqualTo("One");
    assertThat(backend.requests("/tasks/1")).hasSize(3);
  }

  @Test
  void sendsAnotherTokenFromTheNextRequestOn() throws InterruptedException {
    backend.withToken("another-token");
    assertThatExceptionOfType(UnauthorizedException.class)
        .isThrownBy(() -> http.tasks().task(TASK));

    http.use(Optional.of(new Secret("another-token")));

    assertThat(http.tasks().task(TASK).title()).isEqualTo("One");
  }

  @Test
  void triesAReadAgainThatAnHtmlPageAnswered() throws InterruptedException {
    backend.misbehave(2, "/tasks/1", Fault.htmlPage());

    assertThat(http.tasks().task(TASK).title()).isEqualTo("One");
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void writesOnceDespiteAFault(Fault fault) throws InterruptedException {
    backend.misbehave(2, "/logs", fault);

    http.statuses().append(attempt, new LogChunk(0, "line\n"));

    assertThat(backend.log(1)).isEqualTo("line\n");
    assertThat(backend.requests("/logs"))
        .hasSize(3)
        .allMatch(r -> r.header("idempotency-key").equals(Optional.of(attempt.id() + ":log:0-5")));
  }

  @Test
  void writesOnceWhenTheAnswersAreLost() throws InterruptedException {
    backend.misbehave(2, "/logs", new Fault.LosesTheAnswer());

    http.statuses().append(attempt, new LogChunk(0, "line\n"));

    assertThat(backend.log(1)).isEqualTo("line\n");
    assertThat(backend.requests("/logs")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{\"", "[]", "{\"lease_seconds\":\"soon\"}"})
  void takesAnySuccessfulAnswerToAWrite(String body) throws InterruptedException {
    backend.misbehave(1, "/status", new Fault.Answers(201, Map.of(), body));

    assertThat(http.statuses().report(attempt, Updates.started(1))).isEmpty();
    assertThat(backend.requests("/status")).hasSize(1);
  }

  @Test
  void believesNoPageFromABackendThatHasSpokenBefore() throws InterruptedException {
    http.statuses().report(attempt, Updates.started(1));
    http.statuses().append(attempt, new LogChunk(0, "one\n"));
    backend.misbehave(2, "/logs", Fault.htmlPage());
    http.statuses().append(attempt, new LogChunk(4, "two\n"));
    backend.misbehave(3, "/logs", Fault.htmlPage());

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.statuses().append(attempt, new LogChunk(8, "three\n")))
        .withMessage(
            "could not send the log of task 1: the backend answered 200 with a web page; is"
                + " backend.url right, or is there a proxy in front? (tried 3 times)")
        .returns(true, PortException::retryable);
    assertThat(backend.log(1)).isEqualTo("one\ntwo\n");
  }

  @Test
  void takesAPageForAPassingFaultOfABackendThatHasSpokenBefore() throws InterruptedException {
    http.messages().topic("tasks");
    backend.misbehave(3, "/tasks/1", Fault.htmlPage());

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.tasks().task(TASK))
        .withMessageContaining("answered 200 with a web page; is backend.url right")
        .returns(true, PortException::retryable);
  }

  @Test
  void believesABackendThatAnswersWritesWithPages() throws InterruptedException {
    backend.misbehave(9, "/status", Fault.htmlPage());

    assertThat(http.statuses().report(attempt, Updates.started(1))).isEmpty();
    assertThat(backend.requests("/status")).hasSize(3);
  }

  @Test
  void givesUpAfterAllTries() {
    backend.misbehave(9, "/tasks/1", Fault.status(503));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.tasks().task(TASK))
        .withMessage("could not read task 1: the backend answered 503 (tried 3 times)")
        .returns(FailureKind.UNAVAILABLE, PortException::kind);
    assertThat(backend.requests()).hasSize(3);
  }

  @Test
  void saysThatAPageIsNoAnswer() {
    backend.misbehave(9, "/topics/tasks", Fault.htmlPage());

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.messages().topic("tasks"))
        .withMessage(
            "could not find the topic 'tasks': the backend answered 200 with a web page; is"
                + " backend.url right, or is there a proxy in front? (tried 3 times)")
        .returns(FailureKind.INVALID_ANSWER, PortException::kind);
    assertThat(backend.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "12", "{\"id\":", "{} {}"})
  void saysThatGarbageIsNoAnswer(String body) {
    backend.misbehave(3, "/", new Fault.Answers(200, Map.of("Content-Type", "a/b"), body));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.tasks().task(TASK))
        .withMessageContaining("not JSON")
        .returns(true, PortException::retryable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"data\":{}}", "{\"data\":null}"})
  void saysThatMessagesMustBeAList(String body) {
    backend.misbehave(1, "/messages", new Fault.Answers(200, Map.of(), body));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.messages().poll(new TopicId("1"), Optional.empty(), Duration.ZERO))
        .withMessageContaining("'data' must be a list")
        .returns(FailureKind.INVALID_ANSWER, PortException::kind);
  }

  @Test
  void refusesAnAnswerWithoutEnd() {
    String body = "{\"title\":\"" + "x".repeat(BackendClient.MAX_ANSWER_BYTES) + "\"}";
    backend.misbehave(1, "/tasks/1", new Fault.Answers(200, Map.of(), body));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.tasks().task(TASK))
        .withMessage("could not read task 1: the backend answered 200 with more than 32 MiB")
        .returns(FailureKind.INVALID_ANSWER, PortException::kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void doesNotInsistWhenItIsRefused(int status) {
    backend.misbehave(1, "/tasks/1", Fault.status(status));

    assertThatExceptionOfType(UnauthorizedException.class)
        .isThrownBy(() -> http.tasks().task(TASK))
        .withMessage(
            "could not read task 1: the backend refused the API token (%d); check"
                + " backend.api_token",
            status);
    assertThat(backend.requests()).hasSize(1);
  }

  @Test
  void asksForATokenWhereThereIsNone() {
    backend.withToken("secret");
    BackendSettings settings =
        BackendSettings.of(backend.url(), Backends.settings(backend.url()).avatar());

    try (HttpBackend anonymous = new HttpBackend(settings, Backends.CLOCK)) {
      assertThatExceptionOfType(UnauthorizedException.class)
          .isThrownBy(() -> anonymous.tasks().task(TASK))
          .withMessageContaining("wants an API token (401); set backend.api_token");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 406, 422})
  void doesNotInsistOnItsOwnMistakes(int status) {
    backend.misbehave(
        1, "/logs", new Fault.Answers(status, Map.of(), "{\"detail\":\"too\n" + "long\"}"));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.statuses().append(attempt, new LogChunk(0, "x")))
        .withMessage(
            "could not send the log of task 1: the backend answered %d: {\"detail\":\"too"
                + " long\"}",
            status)
        .returns(false, PortException::retryable);
    assertThat(backend.requests()).hasSize(1);
  }

  @Test
  void followsNoRedirection() throws IOException {
    try (NumaBackend elsewhere = NumaBackend.start()) {
      backend.misbehave(
          1, "/tasks/1", Fault.status(302, "Location", elsewhere.url() + "/x?session=1"));

      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> http.tasks().task(TASK))
          .withMessage(
              "could not read task 1: the backend answered 302, a redirection to 127.0.0.1:%d, which"
                  + " is not followed; point backend.url there if that is right",
              elsewhere.url().getPort())
          .returns(true, PortException::retryable);
      assertThat(elsewhere.requests()).isEmpty();
      assertThat(backend.requests()).hasSize(1);
    }
  }

  @Test
  void sendsTheTokenAndNeverSaysIt() throws InterruptedException {
    backend.withToken(Backends.TOKEN);
    http.tasks().task(TASK);
    backend.misbehave(
        1, "/tasks/1", new Fault.Answers(400, Map.of(), "bad: Bearer " + Backends.TOKEN));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.tasks().task(TASK))
        .withMessageEndingWith("bad: Bearer ***");
    assertThat(backend.requests())
        .allMatch(r -> r.header("authorization").equals(Optional.of("Bearer " + Backends.TOKEN)))
        .allMatch(r -> r.header("accept").equals(Optional.of("application/json")));
    assertThat(Backends.settings(backend.url()).toString()).doesNotContain(Backends.TOKEN);
  }

  @Test
  void waitsAsLongAsItIsAskedTo() throws InterruptedException {
    backend.misbehave(1, "/tasks/1", Fault.status(503, "Retry-After", "1"));
    long start = System.nanoTime();

    http.tasks().task(TASK);

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SECONDS.toNanos(1));
  }

  @Test
  void waitsUntilTheHourItIsGiven() throws InterruptedException {
    // One second after the fixed time of these tests' clock.
    backend.misbehave(
        1, "/tasks/1", Fault.status(429, "Retry-After", "Fri, 02 Jan 2026 03:04:06 GMT"));
    long start = System.nanoTime();

    http.tasks().task(TASK);

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SECONDS.toNanos(1));
  }

  @Test
  void endsAPauseWhenItIsInterrupted() throws Exception {
    backend.misbehave(3, "/tasks/1", Fault.status(503, "Retry-After", "5"));
    var call = new FutureTask<>(() -> http.tasks().task(TASK));
    Thread thread = start(call);
    backend.awaitRequests(1, "/tasks/1", Duration.ofSeconds(5));

    thread.interrupt();

    assertInterrupted(call);
    assertThat(backend.requests()).hasSize(1);
  }

  @Test
  void endsACallWhenItIsInterrupted() throws Exception {
    backend.misbehave(3, "/tasks/1", new Fault.Stalls());
    var call = new FutureTask<>(() -> http.tasks().task(TASK));
    Thread thread = start(call);
    backend.awaitRequests(1, "/tasks/1", Duration.ofSeconds(5));

    thread.interrupt();

    assertInterrupted(call);
    assertThat(backend.requests()).hasSize(1);
  }

  @Test
  void givesUpABackendThatSaysNothing() {
    backend.misbehave(3, "/tasks/1", new Fault.Stalls());
    var limits =
        new TimeLimits(Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(5));

    try (HttpBackend impatient =
        new HttpBackend(Backends.settings(backend.url()).withLimits(limits), Backends.CLOCK)) {
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> impatient.tasks().task(TASK))
          .withMessage(
              "could not read task 1: the backend at %s did not answer in time (tried 3 times)",
              backend.url())
          .returns(FailureKind.UNAVAILABLE, PortException::kind);
    }
  }

  @Test
  void saysThatNoServerListens() {
    backend.close();

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.tasks().application(new ApplicationId("7")))
        .withMessageContaining("takes no connection; is it running, and is backend.url right?");
  }

  @Test
  void asksForNothingThatNoUrlCanName() {
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.tasks().task(new TaskId("..")))
        .returns(FailureKind.NOT_FOUND, PortException::kind);
    assertThat(backend.requests()).isEmpty();
  }

  @Test
  void putsIdsBackAsOneSegmentOfThePath() {
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> http.tasks().task(new TaskId("a/..%2F?b #ü")))
        .returns(FailureKind.NOT_FOUND, PortException::kind);
    assertThat(backend.requests())
        .extracting(BackendRequest::path)
        .isEqualTo(List.of("/api/tasks/a%2F..%252F%3Fb%20%23%C3%BC"));
  }

  private static void assertInterrupted(FutureTask<?> call) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> call.get(3, SECONDS))
        .withCauseInstanceOf(InterruptedException.class);
  }

  private static Thread start(Runnable work) {
    var thread = new Thread(work, "call");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
