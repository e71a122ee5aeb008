package io.numa.avatar.backend.v1;

import static java.util.stream.IntStream.rangeClosed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.backend.settings.DialectSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskMessage.Announcement;
import io.numa.avatar.task.TopicId;
import io.numa.avatar.testkit.server.BackendRequest;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaV1Backend;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what one poll shows of the backend's list of tasks. */
final class V1PollTest {
  private final NumaV1Backend backend = NumaV1Backend.start();
  private final HttpBackend http = V1Backends.open(backend.url(), V1Backends.V1);

  V1PollTest() throws IOException {}

  @AfterEach
  void close() {
    http.close();
    backend.close();
  }

  @Test
  void showsAllOfThreeHundredTasksInTheOrderOfTheirNumbers() throws InterruptedException {
    addTasks(300);
    backend.edit(150, "status", "done");

    assertThat(polled())
        .containsExactlyElementsOf(
            rangeClosed(1, 300).filter(id -> id != 150).mapToObj(String::valueOf).toList());

    assertThat(backend.requests())
        .allSatisfy(
            request -> {
              assertThat(request.path()).isEqualTo("/api/v1/development/");
              assertThat(request.query()).containsEntry("limit", "100");
            })
        .hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 99, 100, 101, 199, 200})
  void showsAListOfEveryLength(int length) throws InterruptedException {
    addTasks(length);

    assertThat(polled()).hasSize(length);
  }

  @Test
  void losesNoTaskWhenThePagesShift() throws InterruptedException {
    addTasks(250);
    backend.after(page(0), () -> backend.removeTask(7).removeTask(8).removeTask(9));

    assertThat(polled())
        .containsAll(rangeClosed(10, 250).mapToObj(String::valueOf).toList())
        .hasSize(250);
  }

  @Test
  void showsATaskAsItWasReadLast() throws InterruptedException {
    addTasks(250);
    backend.after(page(0), () -> backend.removeTask(7).edit(8, "status", "in_progress"));

    assertThat(polled()).doesNotContain("8").contains("9");
  }

  @Test
  void endsThoughTheListShiftsAtEveryPage() throws InterruptedException {
    addTasks(250);
    for (int i = 1; i <= 20; i++) {
      int gone = i;
      backend.after(any -> true, () -> backend.removeTask(gone));
    }

    assertThat(polled()).hasSizeGreaterThan(200);
  }

  @Test
  void endsThoughTheBackendIgnoresWhereThePageBegins() throws InterruptedException {
    String page =
        rangeClosed(1, 100)
            .mapToObj(id -> "{\"id\":" + id + ",\"status\":\"todo\"}")
            .toList()
            .toString();
    backend.misbehave(99, "/development/", new Fault.Answers(200, Map.of(), page));

    assertThat(polled()).hasSize(100);
  }

  @Test
  void showsOnlyWhatIsReady() throws InterruptedException {
    addTasks(4);
    backend.edit(1, "status", "in_progress").edit(2, "status", "Review").edit(3, "status", null);
    backend.edit(4, "status", "TODO");

    assertThat(polled()).containsExactly("3", "4");
  }

  @Test
  void showsOnlyTheTasksOfItsUser() throws InterruptedException {
    addTasks(4);
    backend.edit(1, "assigned_to", 7).edit(2, "assigned_to", 8).edit(3, "assigned_to", "7");

    assertThat(polled(V1Backends.V1.withAssignedTo("7"))).containsExactly("1", "3");
    assertThat(polled(V1Backends.V1.withAssignedTo("8"))).containsExactly("2");
    assertThat(polled()).hasSize(4);
  }

  @Test
  void isNotBlockedByWhatIsNoTask() throws InterruptedException {
    backend.misbehave(
        1,
        "/development/",
        new Fault.Answers(
            200,
            Map.of(),
            "[5,null,{},{\"id\":\"x\"},{\"id\":-3},{\"id\":1.5},{\"id\":12345678901234567890},"
                + "{\"id\":9,\"status\":\"todo\"},[]]"));

    assertThat(polled()).containsExactly("9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"data\":[]}", "\"text\"", "[{\"id\":1"})
  void saysThatAnAnswerIsNoList(String body) {
    backend.misbehave(9, "/development/", new Fault.Answers(200, Map.of(), body));

    assertThatExceptionOfType(PortException.class).isThrownBy(this::polled);
  }

  @Test
  void followsTheBackendsOwnRedirection() throws InterruptedException {
    addTasks(1);
    backend.misbehave(
        1,
        "/development/",
        Fault.status(307, "Location", backend.url() + "/api/v1/development/?skip=0&limit=100"));

    assertThat(polled()).containsExactly("1");
  }

  @Test
  void followsNoRedirectionToAnotherPlace() {
    backend.misbehave(
        9, "/development/", Fault.status(307, "Location", "http://login.example.com/"));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(this::polled)
        .withMessageContaining("login.example.com")
        .returns(true, PortException::retryable);
  }

  private void addTasks(int count) {
    for (int id = 1; id <= count; id++) {
      backend.addTask(id, new HashMap<>(Map.of("title", "Task " + id)));
    }
  }

  private static Predicate<BackendRequest> page(int skip) {
    return request -> request.query().getOrDefault("skip", "").equals(String.valueOf(skip));
  }

  private List<String> polled() throws InterruptedException {
    return polled(http);
  }

  private List<String> polled(DialectSettings dialect) throws InterruptedException {
    try (HttpBackend other = V1Backends.open(backend.url(), dialect)) {
      return polled(other);
    }
  }

  private static List<String> polled(HttpBackend http) throws InterruptedException {
    List<TaskMessage> messages =
        http.messages().poll(new TopicId("development"), Optional.empty(), Duration.ofSeconds(9));
    return messages.stream()
        .map(message -> ((Announcement) message).task())
        .map(TaskId::value)
        .toList();
  }
}
