package io.numa.avatar.backend.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Names;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.Step.Condition;
import io.numa.avatar.plan.Step.Content;
import io.numa.avatar.plan.Step.Occurrences;
import io.numa.avatar.plan.WorkspacePath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A step as written: one verb, and an optional name. */
record StepDocument(
    @Key("The step's name in logs and statuses.")
        @Text(value = Text.NOT_BLANK, otherwise = "is blank")
        @Nullable String name,
    @Key("Writes a whole file, or creates a symbolic link.") @Nullable Write write,
    @Key("Replaces literal text in a file.") @Nullable Edit edit,
    @Key("Applies a Git diff exactly.") @Nullable Patch patch,
    @Key("Renames a file or folder.") @Nullable Move move,
    @Key("Copies a file or folder.") @Nullable Copy copy,
    @Key("Removes a file, or a folder whole.") @Nullable Delete delete,
    @Key("Sets or clears a file's executable bit.") @Nullable Chmod chmod,
    @Key(value = "Checks a condition on the workspace; changes nothing.", name = "assert")
        @Nullable Assert assertion,
    @Key("Runs a command in the workspace.") @Nullable Run run,
    @Key("Hands a prompt to a coding agent.") @Nullable Agent agent) {

  static final String PATH = "A path in the workspace, relative, folders separated by '/'.";
  static final String ENCODING =
      "How the bytes are written as text; use base64 for content that is not UTF-8."
          + " Default: utf-8.";
  static final String FROM = "The existing file or folder.";
  static final String TO = "The new path; missing parent folders are created.";
  static final String OVERWRITE =
      "Whether the step may replace a file or folder at the target. Default: false.";
  static final String TIMEOUT =
      "How long it may take: seconds, or text like 90s, 5m, 2h. Default: the runner's.";

  /** The mapping under a verb; makes the step. */
  private interface Verb {
    Step step();
  }

  /** How bytes are written as text. */
  enum Encoding {
    UTF_8,
    BASE64
  }

  /** A folder; empty for the workspace's root, which is written {@code .}. */
  record Folder(Optional<WorkspacePath> path) {}

  /** The value of an environment variable. */
  record Variable(String value) {}

  /** The step of a document without problems. */
  Step step() {
    return Stream.<@Nullable Verb>of(
            write, edit, patch, move, copy, delete, chmod, assertion, run, agent)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow()
        .step();
  }

  record Write(
      @Key(PATH) @Required WorkspacePath path,
      @Key("The whole content of the file.") @Nullable String content,
      @Key(ENCODING) @Nullable Encoding encoding,
      @Key("Whether the file can be executed. Default: false.") @Nullable Boolean executable,
      @Key("Creates a symbolic link to this target instead of a file.")
          @Text(
              value = "^[^\\u0000]+$",
              otherwise = "must be a path, neither empty nor with a NUL character")
          @Nullable String symlink)
      implements Verb {
    @Override
    public Step step() {
      return new Step.Write(
          path,
          symlink == null
              ? new Content.File(
                  bytes(Objects.requireNonNull(content), encoding), isTrue(executable))
              : new Content.Link(symlink));
    }
  }

  record Edit(
      @Key(PATH) @Required WorkspacePath path,
      @Key("The literal text to replace.")
          @Required
          @Text(value = Text.NOT_EMPTY, otherwise = "is empty")
          String find,
      @Key("The literal text to insert instead.") @Required String replace,
      @Key("How often the text must occur: a number, or 'all' for one or more times. Default: 1.")
          @Nullable Occurrences expect)
      implements Verb {
    @Override
    public Step step() {
      return new Step.Edit(
          path, find, replace, Objects.requireNonNullElse(expect, Occurrences.ONCE));
    }
  }

  record Patch(
      @Key("A Git diff, of any number of files.")
          @Required
          @Text(value = Text.NOT_EMPTY, otherwise = "is empty")
          String diff,
      @Key(ENCODING) @Nullable Encoding encoding,
      @Key("How many leading names to drop of each path in the diff. Default: 1.")
          @Nullable Integer strip)
      implements Verb {
    @Override
    public Step step() {
      return new Step.Patch(
          new PatchText(bytes(diff, encoding), Objects.requireNonNullElse(strip, 1)));
    }
  }

  record Move(
      @Key(FROM) @Required WorkspacePath from,
      @Key(TO) @Required WorkspacePath to,
      @Key(OVERWRITE) @Nullable Boolean overwrite)
      implements Verb {
    @Override
    public Step step() {
      return new Step.Move(from, to, isTrue(overwrite));
    }
  }

  record Copy(
      @Key(FROM) @Required WorkspacePath from,
      @Key(TO) @Required WorkspacePath to,
      @Key(OVERWRITE) @Nullable Boolean overwrite)
      implements Verb {
    @Override
    public Step step() {
      return new Step.Copy(from, to, isTrue(overwrite));
    }
  }

  record Delete(
      @Key(PATH) @Required WorkspacePath path,
      @Key("Whether the step succeeds if nothing is at the path. Default: false.")
          @Nullable Boolean missingOk)
      implements Verb {
    @Override
    public Step step() {
      return new Step.Delete(path, isTrue(missingOk));
    }
  }

  record Chmod(
      @Key(PATH) @Required WorkspacePath path,
      @Key("Whether the step makes the file executable.") @Required Boolean executable)
      implements Verb {
    @Override
    public Step step() {
      return new Step.Chmod(path, executable);
    }
  }

  record Assert(
      @Key(PATH) @Required WorkspacePath path,
      @Key("Whether something must be at the path, or nothing.") @Nullable Boolean exists,
      @Key("A Java regular expression that must be found in the file; ^ and $ match at lines.")
          @Nullable Pattern matches,
      @Key("A Java regular expression that must not be found in the file.")
          @Nullable Pattern notMatches)
      implements Verb {
    @Override
    public Step step() {
      return new Step.Assert(path, condition());
    }

    private Condition condition() {
      if (exists != null) {
        return new Condition.Exists(exists);
      }
      return matches != null
          ? new Condition.Matches(matches, true)
          : new Condition.Matches(Objects.requireNonNull(notMatches), false);
    }
  }

  record Run(
      @Key("A line for /bin/sh -c, or a list of a program and its arguments.") @Required
          CommandLine command,
      @Key("The folder to run in. Default: the workspace's root.") @Nullable Folder cwd,
      @Key("Variables in addition to those that the configuration passes on.")
          @Names(
              value = "[^=\\u0000]+",
              otherwise = "a variable's name must not be empty, nor hold '=' or NUL")
          @Nullable Map<String, Variable> env,
      @Key(TIMEOUT) @Nullable Duration timeout,
      @Key("The exit codes that mean success. Default: [0].") @Nullable Set<Integer> exitCodes)
      implements Verb {
    @Override
    public Step step() {
      var variables = new LinkedHashMap<String, String>();
      Objects.requireNonNullElse(env, Map.<String, Variable>of())
          .forEach((name, variable) -> variables.put(name, variable.value()));
      return new Step.Run(
          command,
          Optional.ofNullable(cwd).flatMap(Folder::path),
          variables,
          Optional.ofNullable(timeout),
          Objects.requireNonNullElse(exitCodes, Set.of(0)));
    }
  }

  record Agent(
      @Key("The instructions for the agent, in words.")
          @Required
          @Text(value = Text.NOT_BLANK, otherwise = "is blank")
          String prompt,
      @Key("The agent's name in the configuration. Default: the task's, or the configured one.")
          @Text(value = Text.NOT_BLANK, otherwise = "is blank")
          @Nullable String agent,
      @Key("The model for the agent. Default: the agent's configured one.")
          @Text(value = Text.NOT_BLANK, otherwise = "is blank")
          @Nullable String model,
      @Key(
              "The longest time that it may work: seconds, or text like 90s, 5m, 2h. Lowers the"
                  + " configured limit, and never raises it.")
          @Nullable Duration timeout,
      @Key("The most answers of the model. Lowers the configured limit, and never raises it.")
          @Nullable Long turns,
      @Key(
              "The most tokens of prompts and answers together. Lowers the configured limit, and never"
                  + " raises it.")
          @Nullable Long tokens,
      @Key(
              "The highest cost, in the currency of the configured prices. Lowers the configured limit,"
                  + " and never raises it.")
          @Nullable BigDecimal cost)
      implements Verb {
    @Override
    public Step step() {
      return new Step.Agent(
          prompt, Optional.ofNullable(agent), Optional.ofNullable(model), bounds());
    }

    private AgentBounds bounds() {
      return new AgentBounds(
          Optional.ofNullable(timeout),
          turns == null ? OptionalLong.empty() : OptionalLong.of(turns),
          tokens == null ? OptionalLong.empty() : OptionalLong.of(tokens),
          Optional.ofNullable(cost));
    }
  }

  static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
  }

  private static byte[] bytes(String text, @Nullable Encoding encoding) {
    return encoding == Encoding.BASE64 ? decode(text) : text.getBytes(UTF_8);
  }

  private static boolean isTrue(@Nullable Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }
}
