package io.numa.avatar.cli.command.queue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.bridge.Routes;
import io.numa.avatar.cli.command.common.Arguments;
import io.numa.avatar.cli.command.common.TaskWork;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that make up a task for the queue, with its application. */
final class SubmittedTask {
  private static final int ID_DIGITS = 8;

  @Option(
      names = "--repo",
      required = true,
      paramLabel = "URL",
      description = "The repository, as the avatars reach it.")
  private String repository = "";

  @ArgGroup(multiplicity = "1")
  private TaskWork work = new TaskWork();

  @Option(
      names = "--branch",
      paramLabel = "B",
      description = "The branch to commit to; dev-<id> by default.")
  private @Nullable String branch;

  @Option(
      names = "--base",
      paramLabel = "B",
      description = "Where a new branch starts; the repository's HEAD by default.")
  private @Nullable String base;

  @Option(
      names = "--continues",
      paramLabel = "ID_OR_URL",
      description = "The task, or the change request, on whose branch to work.")
  private @Nullable String continues;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "The title; the plan's name or the first words by default.")
  private @Nullable String title;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The task's id; made of the title by default.")
  private @Nullable String id;

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      description = "The coding agent, by the name that the avatars have for it.")
  private @Nullable String agent;

  @Option(
      names = "--test",
      paramLabel = "CMD",
      description = "The test command, in place of the plan's and the project's; '' runs no tests.")
  private @Nullable String test;

  @Option(
      names = "--route",
      paramLabel = "NAME",
      description = "The route; 'prose' if the task needs a coding agent, else 'plan'.")
  private @Nullable String route;

  /** A task, the route that it takes, and the message that holds it. */
  record Message(TaskId task, String route, String text) {}

  /**
   * Makes the message.
   *
   * @param in the standard input
   */
  Message read(InputStream in) {
    TaskWork.Content content = work.read(in);
    TaskId task = Arguments.read("--id", id == null ? newId(content) : id, TaskId::new);
    String address = Arguments.read("--repo", repository, RepositoryUrl::parse).value();
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    describe(message.putObject("task"), task, content).put("application_id", address);
    message
        .putObject("application")
        .put("id", address)
        .put("name", address.replaceFirst("/+$", "").replaceFirst(".*[/:]", ""))
        .put("git_repo_url", address);
    return new Message(task, route(content), message.toString());
  }

  private String route(TaskWork.Content content) {
    return route == null
        ? Routes.of(content.steps())
        : Arguments.read("--route", route, Routes::named);
  }

  private static String newId(TaskWork.Content content) {
    return content.name() + "-" + AttemptId.random().toString().substring(0, ID_DIGITS);
  }

  private ObjectNode describe(ObjectNode task, TaskId name, TaskWork.Content content) {
    task.put("id", name.value()).put("title", title == null ? content.title() : title);
    task.put(content.isPlan() ? "development_plan" : "description", content.text());
    if (branch != null) {
      task.put("code_branch", Arguments.read("--branch", branch, BranchName::new).value());
    }
    if (base != null) {
      task.put("base_branch", Arguments.read("--base", base, BranchName::new).value());
    }
    if (continues != null) {
      task.put("continues", continues);
    }
    if (agent != null) {
      task.put("agent", agent);
    }
    if (test != null) {
      task.put("test_command", test);
    }
    return task;
  }
}
