package io.numa.avatar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.OutageException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.RequestTooLargeException;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TopicId;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests what each answer means for each kind of call, through the ports. Public reports of each
 * kind: gitlab-runner (204 while there is no work), FastAPI and Django (307 to the path with a
 * slash), buildkite/agent#103 (413 to logs), proxies that answer in place of a backend.
 */
final class AnswerTableTest {
  private final NumaBackend backend =
      NumaBackend.start()
          .addTask(1, Map.of("title", "One", "application_id", 7, "description", "Do it."));

  AnswerTableTest() throws IOException {}

  @AfterEach
  void close() {
    backend.close();
  }

  private static final Attempt ATTEMPT = Attempt.of(new TaskId("1"));
  private static final RetrySettings RETRIES =
      new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(30));

  /** A call through a port, always of the same kind. */
  private enum Call {
    TOPIC("/topics/tasks", http -> http.messages().topic("tasks")),
    POLL(
        "/messages",
        http -> http.messages().poll(new TopicId("1"), Optional.empty(), Duration.ZERO)),
    LOOK_UP("/tasks/1", http -> http.tasks().task(new TaskId("1"))),
    APPLICATION("/applications/7", http -> http.tasks().application(new ApplicationId("7"))),
    CLAIM("/status", http -> http.statuses().report(ATTEMPT, Updates.started(1))),
    STATUS("/status", http -> http.statuses().report(ATTEMPT, Updates.started(2))),
    RENEWAL("/status", http -> http.statuses().renew(ATTEMPT, Updates.started(1), 1)),
    FIRST_LOG("/logs", http -> http.statuses().append(ATTEMPT, new LogChunk(0, "x".repeat(2000)))),
    LOG("/logs", http -> http.statuses().append(ATTEMPT, new LogChunk(2, "x".repeat(2000))));

    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // the actions hold nothing
    private final Action action;

    Call(String path, Action action) {
      this.path = path;
      this.action = action;
    }
  }

  private interface Action {
    void on(HttpBackend http) throws InterruptedException;
  }

  /**
   * The words of the table. ok: a success; again: tried several times, and the caller may try
   * later; later: tried once, and the caller may try later; insists: tried for some time, then
   * refused; refused; smaller: a smaller request may succeed; missing; taken; token; none: this
   * backend keeps no logs. A renewal has one try.
   */
  private static final String TABLE =
      """
      status | type | body | topic poll look-up application claim status renewal first-log log
      200 | application/json | {'id':1,'name':'a','status':'todo','git_repo_url':'https://h/a.git','title':'t','application_id':7,'description':'d','data':[]} | ok ok ok ok ok ok ok ok ok
      200 | application/json | {'error':'please log in'} | refused refused later later ok ok ok ok ok
      200 | application/json | [1] | refused ok later later ok ok ok ok ok
      200 | text/plain | {'id':1,'name':'a','status':'todo','git_repo_url':'https://h/a.git','title':'t','application_id':7,'description':'d','data':[]} | ok ok ok ok ok ok ok ok ok
      200 | text/html | {'id':1,'name':'a','status':'todo','git_repo_url':'https://h/a.git','title':'t','application_id':7,'description':'d','data':[]} | ok ok ok ok ok ok ok ok ok
      200 | text/html | <html>Maintenance</html> | insists again again again ok ok ok ok again
      200 | text/plain | fine | insists again again again ok ok ok ok ok
      200 | application/json | {'id':1, | insists again again again ok ok ok ok ok
      204 |  |  | insists ok again again ok ok ok ok ok
      302 |  |  | later later later later later again later again again
      400 | application/json | {'detail':'no'} | refused refused later later later refused later refused refused
      400 | text/html | <html>Bad Request</html> | refused refused later later later insists refused insists insists
      401 |  |  | token token token token token token token token token
      403 | text/html | <html>Forbidden</html> | token token token token token token token token token
      404 | application/json | {'detail':'no'} | missing missing missing missing missing missing missing none missing
      404 | text/html | <html>Not Found</html> | missing missing missing missing missing insists refused none insists
      405 |  |  | refused refused later later later insists refused none insists
      408 |  |  | again again again again again again later again again
      409 | application/json | {'detail':'no'} | refused refused later later taken taken taken taken taken
      410 |  |  | missing missing missing missing missing missing missing none missing
      413 | text/html | <html>Too Large</html> | refused refused later later later insists later smaller smaller
      422 | application/json | {'detail':'no'} | refused refused later later later refused later refused refused
      425 |  |  | again again again again again again later again again
      429 |  |  | again again again again again again later again again
      500 |  |  | again again again again again again later again again
      502 | text/html | <html>Bad Gateway</html> | again again again again again again later again again
      503 |  |  | again again again again again again later again again
      504 |  |  | again again again again again again later again again
      """;

  static Stream<Arguments> rows() {
    return TABLE.lines().skip(1).map(line -> Arguments.of((Object[]) line.split(" *\\| *", -1)));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("rows")
  void eachAnswerHasAMeaningForEachCall(int status, String type, String body, String meanings)
      throws Exception {
    String name = status == 302 ? "Location" : "Content-Type";
    String value = status == 302 ? "http://login.example.com/?session=1" : type;
    var fault =
        new Fault.Answers(
            status, value.isEmpty() ? Map.of() : Map.of(name, value), body.replace('\'', '"'));

    var found = new ArrayList<String>();
    for (Call call : Call.values()) {
      found.add(meaning(call, fault));
    }

    assertThat(String.join(" ", found)).isEqualTo(meanings);
  }

  /** How a call ends whose path always gets the same answer. */
  private String meaning(Call call, Fault.Answers fault) throws Exception {
    try (HttpBackend http =
        new HttpBackend(Backends.settings(backend.url()).withRetries(RETRIES), Backends.CLOCK)) {
      if (call == Call.LOG) {
        http.statuses().append(ATTEMPT, new LogChunk(0, "x\n"));
      }
      int before = backend.requests(call.path).size();
      backend.misbehave(10_000, call.path, fault);
      String end = end(call, http);
      backend.behave();
      int tries = backend.requests(call.path).size() - before;
      return switch (end) {
        case "retryable" -> tries > 1 ? "again" : "later";
        case "final" -> tries > 1 ? "insists" : "refused";
        case "ok" -> fault.status() >= 400 ? "none" : "ok";
        default -> end;
      };
    }
  }

  private static String end(Call call, HttpBackend http) throws InterruptedException {
    try {
      call.action.on(http);
      return "ok";
    } catch (UnauthorizedException e) {
      return "token";
    } catch (NotFoundException e) {
      return "missing";
    } catch (TaskTakenException e) {
      return "taken";
    } catch (RequestTooLargeException e) {
      return "smaller";
    } catch (OutageException e) {
      return "retryable";
    } catch (PortException e) {
      return "final";
    }
  }
}
