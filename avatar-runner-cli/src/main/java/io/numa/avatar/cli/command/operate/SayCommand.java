package io.numa.avatar.cli.command.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.command.queue.QueueMessages;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avatar say}: tells the coding agent of a running task something. */
@Command(
    name = "say",
    description = {
      "Tells the coding agent of a running task something. It gets that in its running turn if it",
      "can, else as its next prompt, before the tests."
    })
final class SayCommand implements Callable<Integer> {
  /** The text that stands for the standard input. */
  private static final String INPUT = "-";

  private final Terminals terminals;

  @Mixin private OperateOptions options = new OperateOptions();

  @Option(
      names = "--author",
      paramLabel = "NAME",
      description = "Who says it; by default the user of the operating system.")
  private String author = System.getProperty("user.name", "");

  @Option(
      names = "--queue",
      paramLabel = "URL",
      description = {
        "Says it by a queue of whole tasks, such as nats://127.0.0.1:4222, instead of to the avatar",
        "of this machine."
      })
  private @Nullable String queue;

  @Parameters(index = "0", paramLabel = "ID", description = "The task's id.")
  private String task = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "TEXT",
      description = "What to say; - reads it from the standard input.")
  private List<String> words = new ArrayList<>();

  SayCommand(Terminals terminals) {
    this.terminals = terminals;
  }

  @Override
  public Integer call() throws InterruptedException {
    return queue == null ? toRunningAvatar() : byQueue(queue);
  }

  /** The queue does not tell which avatar has the task, or whether one has. */
  private int byQueue(String url) throws InterruptedException {
    try {
      var message = SteeringMessage.of(author, text());
      QueueMessages.say(options.config(), terminals, url, new TaskId(task), message);
    } catch (IllegalArgumentException e) {
      throw new UsageException(Optional.ofNullable(e.getMessage()).orElse("it cannot be said"));
    }
    terminals.out().println("published: the avatar that has the task passes it on");
    terminals.out().flush();
    return ExitCode.SUCCESS;
  }

  private int toRunningAvatar() {
    var parameters = Map.of("task", task, "text", text(), "author", author);
    return options.order(
        terminals,
        "say",
        parameters,
        "said: the agent gets it in its turn or as its next prompt; 'avatar log "
            + task
            + " --follow' shows when");
  }

  private String text() {
    return words.equals(List.of(INPUT)) ? input() : String.join(" ", words);
  }

  private String input() {
    try {
      // One byte more shows that it is too long.
      byte[] read = terminals.in().readNBytes(SteeringMessage.MAX_BYTES + 1);
      return new String(read, UTF_8);
    } catch (IOException e) {
      throw new UsageException("could not read the standard input: " + e.getMessage());
    }
  }
}
