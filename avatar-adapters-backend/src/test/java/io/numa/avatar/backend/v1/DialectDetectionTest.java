package io.numa.avatar.backend.v1;

import static io.numa.avatar.backend.settings.DialectSettings.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.backend.settings.BackendApi;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.server.Fault;
import io.numa.avatar.testkit.server.NumaBackend;
import io.numa.avatar.testkit.server.NumaV1Backend;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DialectDetectionTest {
  private final NumaV1Backend v1 = NumaV1Backend.start().addTask(1, Map.of("title", "One"));
  private final NumaBackend topics = NumaBackend.start();
  private final HttpBackend toV1 = V1Backends.open(v1.url(), DEFAULT);
  private final HttpBackend toTopics = V1Backends.open(topics.url(), DEFAULT);

  DialectDetectionTest() throws IOException {}

  @AfterEach
  void close() {
    toV1.close();
    toTopics.close();
    v1.close();
    topics.close();
  }

  @Test
  void speaksTheDialectOfTheBackend() throws InterruptedException {
    assertThat(toTopics.probe().check("tasks").api()).isEqualTo(BackendApi.TOPICS);
    assertThat(toTopics.messages().ordersMessages()).isTrue();

    assertThat(toV1.probe().check("tasks").api()).isEqualTo(BackendApi.V1);
    assertThat(toV1.messages().ordersMessages()).isFalse();
  }

  @Test
  void asksOnce() throws InterruptedException {
    toV1.messages().topic("tasks");
    toV1.messages().topic("tasks");
    toV1.probe().check("tasks");

    assertThat(v1.requests())
        .filteredOn(request -> request.path().startsWith("/api/topics"))
        .hasSize(2);
  }

  @Test
  void doesNotSwitchBecauseATopicIsMisspelt() {
    topics.misbehave(9, "/api/v1", new Fault.Answers(200, Map.of(), "[]"));

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> toTopics.messages().topic("taks"));

    assertThat(topics.requests()).noneMatch(request -> request.path().startsWith("/api/v1"));
  }

  @Test
  void staysWithTopicsWhereOnlyTheTopicOfTasksIsMissing() throws InterruptedException {
    topics.addTopic("reviews").misbehave(1, "/topics/tasks", Fault.status(404));

    toTopics.messages().topic("reviews");

    assertThat(topics.requests()).noneMatch(request -> request.path().startsWith("/api/v1"));
  }

  @Test
  void namesBothAddressesWhereThereIsNeither() throws InterruptedException {
    v1.misbehave(1, "/development/", Fault.status(404));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> toV1.tasks().task(new TaskId("1")))
        .withMessageContaining(v1.url() + "/api/topics/tasks")
        .withMessageContaining(v1.url() + "/api/v1/development/")
        .returns(true, PortException::retryable);

    assertThat(toV1.probe().check("tasks").api()).isEqualTo(BackendApi.V1);
  }

  @Test
  void decidesNothingWhileTheBackendIsAway() throws IOException, InterruptedException {
    v1.outage();
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> toV1.messages().topic("tasks"))
        .returns(true, PortException::retryable);

    v1.recover();

    assertThat(toV1.probe().check("tasks").api()).isEqualTo(BackendApi.V1);
  }

  @Test
  void takesNoLoginPageForAList() {
    v1.misbehave(9, "/development/", Fault.htmlPage());

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> toV1.messages().topic("tasks"))
        .returns(true, PortException::retryable);
  }

  @Test
  void asksNothingWhereTheOperatorHasDecided() throws InterruptedException {
    try (HttpBackend decided = V1Backends.open(v1.url(), V1Backends.V1)) {
      decided.messages().topic("tasks");
    }

    assertThat(v1.requests()).noneMatch(request -> request.path().startsWith("/api/topics"));
  }
}
