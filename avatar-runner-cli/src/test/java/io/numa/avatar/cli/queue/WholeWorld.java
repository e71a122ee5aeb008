package io.numa.avatar.cli.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.backend.MessageDocuments;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.nats.NatsPublisher;
import io.numa.avatar.nats.NatsQueue;
import io.numa.avatar.nats.NatsReports;
import io.numa.avatar.nats.NatsReports.Kind;
import io.numa.avatar.nats.NatsTasks;
import io.numa.avatar.nats.settings.NatsLogin;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.agent.SteeringMessage;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.testkit.queue.NatsServer;
import io.numa.avatar.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A topic of whole tasks on a real server, in place of a backend. */
final class WholeWorld implements BackendWorld, AutoCloseable {
  static final String[] LOGIN = {"--user", "operator", "--pass", "s3cret"};

  private static final ObjectMapper JSON = new ObjectMapper();

  private final NatsSettings settings;
  private final NatsPublisher publisher;
  private final NatsReports reports;
  private NatsSettings asSeen;
  private Optional<NatsTasks> tasks = Optional.empty();

  /**
   * @param server started with {@link #LOGIN}
   */
  WholeWorld(NatsServer server) {
    String topic = "w" + UUID.randomUUID().toString().substring(0, 8);
    this.settings =
        NatsSettings.of(server.url(), topic, new AvatarId("avatar_001"))
            .withTopic(topic)
            .withLogin(new NatsLogin.Password("operator", new Secret("s3cret")));
    this.asSeen = settings;
    this.publisher = new NatsPublisher(settings);
    this.reports = new NatsReports(settings);
  }

  NatsSettings settings() {
    return settings;
  }

  NatsReports reports() {
    return reports;
  }

  static MessageDocuments documents() {
    return new MessageDocuments(
        new AvatarId("avatar_001"), StatusWords.DEFAULT, Redactor.of(List.of()));
  }

  private NatsTasks tasks() {
    if (tasks.isEmpty()) {
      tasks = Optional.of(new NatsTasks(asSeen, documents()));
    }
    return tasks.get();
  }

  TaskSource source() {
    return tasks().tasks();
  }

  StatusReporter reporter() {
    return tasks().statuses();
  }

  @Override
  public void addTask(Task task) {
    var message = JSON.createObjectNode();
    ObjectNode fields = message.putObject("task");
    fields.put("id", task.id().value()).put("title", task.title());
    fields.put("description", ((PlanSource.Prose) task.plan()).text());
    fields.put("status", StatusWords.DEFAULT.word(task.state()));
    fields.put("application_id", Integer.parseInt(task.application().value()));
    fields.put("code_branch", task.branch().value());
    task.base().ifPresent(branch -> fields.put("base_branch", branch.value()));
    task.options().test().ifPresent(test -> putTest(fields, test));
    task.options().timeout().ifPresent(t -> fields.put("timeout_seconds", t.toSeconds()));
    task.options().commitMessage().ifPresent(text -> fields.put("commit_message", text));
    for (SteeringMessage said : task.options().messages()) {
      fields
          .withArray("messages")
          .addObject()
          .put("id", said.id())
          .put("author", said.author())
          .put("text", said.text());
    }
    publish(task.id(), message);
  }

  private static void putTest(ObjectNode fields, TestCommand test) {
    if (test instanceof TestCommand.Run run && run.command() instanceof CommandLine.Argv argv) {
      argv.words().forEach(fields.withArray("test_command")::add);
    } else {
      fields.put("test_command", "");
    }
  }

  boolean publish(TaskId task, ObjectNode message) {
    try {
      return publisher.publish(
          task, "prose", JSON.writeValueAsBytes(message), UUID.randomUUID().toString());
    } catch (InterruptedException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends a task as an avatar does. */
  void settle(TaskId task) throws InterruptedException {
    try (var queue = new NatsQueue(settings, TimeSource.SYSTEM)) {
      Delivery delivery = queue.take(Set.of("prose"), Duration.ofSeconds(10)).orElseThrow();
      assertThat(delivery.message().task()).isEqualTo(task);
      delivery.claim().take(AttemptId.random());
      delivery.settle();
    }
  }

  /** An application is in the message of a task only, and known when that was read. */
  @Override
  public void addApplication(Application application) {
    var message = JSON.createObjectNode();
    message.putObject("task").put("title", "Any").put("description", "Any.");
    ObjectNode fields = message.putObject("application");
    fields.put("id", Integer.parseInt(application.id().value())).put("name", application.name());
    fields.put("git_repo_url", application.repository().value());
    application.defaultBranch().ifPresent(branch -> fields.put("default_branch", branch.value()));
    application.test().ifPresent(test -> putTest(fields, test));
    var carrier = new TaskId("carrier");
    publish(carrier, message);
    try {
      source().task(carrier);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void addTaskWithoutApplication(TaskId id, TaskState state) {
    var message = JSON.createObjectNode();
    message.putObject("task").put("title", "Unfit").put("status", StatusWords.DEFAULT.word(state));
    publish(id, message);
  }

  @Override
  public void cancel(TaskId task) {
    try {
      reports.cancel(task);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void refuseCredentials() {
    asSeen = settings.withLogin(new NatsLogin.Password("operator", new Secret("wrong")));
  }

  @Override
  public void goAway() {
    asSeen = settings.withUrls(List.of(URI.create("nats://127.0.0.1:9")));
  }

  @Override
  public List<String> story(TaskId task) {
    List<String> story = new ArrayList<>();
    try {
      reports.follow(
          task,
          report -> {
            story.add(report.kind() == Kind.LOG ? text(report.body()) : word(report.body()));
            return true;
          });
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return story;
  }

  private static String word(String body) {
    return documents().state(body).name().toUpperCase(Locale.ROOT);
  }

  private static String text(String body) {
    try {
      return JSON.readTree(body).path("logs").asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void addTopic(String name) {
    throw new UnsupportedOperationException("a queue has messages of its own");
  }

  @Override
  public MessageId announce(TaskId task) {
    throw new UnsupportedOperationException("a queue has messages of its own");
  }

  @Override
  public MessageId announceNothing() {
    throw new UnsupportedOperationException("a queue has messages of its own");
  }

  @Override
  public void awaitPoll() {
    throw new UnsupportedOperationException("a queue has messages of its own");
  }

  @Override
  public void giveToAnother(TaskId task) {
    throw new UnsupportedOperationException("claims are the queue's");
  }

  @Override
  public boolean letAnotherClaim(TaskId task) {
    throw new UnsupportedOperationException("claims are the queue's");
  }

  @Override
  public void grantLeases(Duration lease) {
    throw new UnsupportedOperationException("claims are the queue's");
  }

  @Override
  public void pass(Duration time) {
    throw new UnsupportedOperationException("claims are the queue's");
  }

  @Override
  public void close() {
    tasks.ifPresent(NatsTasks::close);
    reports.close();
    publisher.close();
  }
}
