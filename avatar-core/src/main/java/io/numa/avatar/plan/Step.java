package io.numa.avatar.plan;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** One operation on the workspace. The plan contract says what each step does and when it fails. */
public sealed interface Step {
  /** The step in a few words, for logs. */
  String summary();

  /** Hands this step to the method of {@code cases} for its kind. */
  <R> R fold(Cases<R> cases);

  /** Writes a whole file. */
  record Write(WorkspacePath path, Content content) implements Step {
    @Override
    public String summary() {
      return "write " + path;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.write(this);
    }
  }

  /** Replaces literal text. */
  record Edit(WorkspacePath path, String find, String replace, Occurrences expect) implements Step {
    public Edit {
      if (find.isEmpty()) {
        throw new IllegalArgumentException("the text to find is empty");
      }
    }

    @Override
    public String summary() {
      return "edit " + path;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.edit(this);
    }
  }

  /** Applies a Git diff. */
  record Patch(PatchText diff) implements Step {
    @Override
    public String summary() {
      return "patch";
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.patch(this);
    }
  }

  /** Renames a file or folder. */
  record Move(WorkspacePath from, WorkspacePath to, boolean overwrite) implements Step {
    @Override
    public String summary() {
      return "move " + from + " to " + to;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.move(this);
    }
  }

  /** Copies a file or folder. */
  record Copy(WorkspacePath from, WorkspacePath to, boolean overwrite) implements Step {
    @Override
    public String summary() {
      return "copy " + from + " to " + to;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.copy(this);
    }
  }

  /** Removes a file, or a folder whole. */
  record Delete(WorkspacePath path, boolean missingOk) implements Step {
    @Override
    public String summary() {
      return "delete " + path;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.delete(this);
    }
  }

  /** Sets or clears a file's executable bit. */
  record Chmod(WorkspacePath path, boolean executable) implements Step {
    @Override
    public String summary() {
      return "chmod " + path;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.chmod(this);
    }
  }

  /** Checks a condition. Changes nothing. */
  record Assert(WorkspacePath path, Condition condition) implements Step {
    @Override
    public String summary() {
      return "assert " + path;
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.check(this);
    }
  }

  /**
   * Runs a command in the workspace.
   *
   * @param directory the working directory; the workspace's root when empty
   * @param environment variables to add to those that the configuration allows
   * @param exitCodes the exit codes that mean success
   */
  record Run(
      CommandLine command,
      Optional<WorkspacePath> directory,
      Map<String, String> environment,
      Optional<Duration> timeout,
      Set<Integer> exitCodes)
      implements Step {
    public Run {
      environment = Map.copyOf(environment);
      exitCodes = Set.copyOf(exitCodes);
    }

    @Override
    public String summary() {
      return "run " + command.display();
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.run(this);
    }
  }

  /**
   * Hands a prompt to a coding agent.
   *
   * @param agent the operator's name for the agent; the task's or the default one when empty
   * @param model the model to use instead of the agent's configured one
   */
  record Agent(String prompt, Optional<String> agent, Optional<String> model, AgentBounds bounds)
      implements Step {
    /** A step for the agent and model that the task or the configuration names. */
    public static Agent of(String prompt) {
      return new Agent(prompt, Optional.empty(), Optional.empty(), AgentBounds.NONE);
    }

    @Override
    public String summary() {
      return agent.map(name -> "agent " + name).orElse("agent");
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.agent(this);
    }
  }

  /** One answer for each kind of step. */
  interface Cases<R> {
    R write(Write step);

    R edit(Edit step);

    R patch(Patch step);

    R move(Move step);

    R copy(Copy step);

    R delete(Delete step);

    R chmod(Chmod step);

    R check(Assert step);

    R run(Run step);

    R agent(Agent step);
  }

  /** The contents of a {@link Write}. */
  sealed interface Content {
    /** A file of these bytes. Do not change the array after handing it over. */
    @SuppressWarnings("ArrayRecordComponent") // neither compared nor copied
    record File(byte[] bytes, boolean executable) implements Content {
      public static File utf8(String text) {
        return new File(text.getBytes(StandardCharsets.UTF_8), false);
      }
    }

    /** A symbolic link to {@code target}. */
    record Link(String target) implements Content {}
  }

  /**
   * How many times a text must occur.
   *
   * @param exactly the number; if empty, once or more
   */
  record Occurrences(OptionalInt exactly) {
    public static final Occurrences ONCE = new Occurrences(OptionalInt.of(1));
    public static final Occurrences ALL = new Occurrences(OptionalInt.empty());

    public Occurrences {
      if (exactly.isPresent() && exactly.getAsInt() < 1) {
        throw new IllegalArgumentException("a text must be expected at least once");
      }
    }

    public boolean accepts(int count) {
      return exactly.isPresent() ? count == exactly.getAsInt() : count > 0;
    }
  }

  /** The condition of an {@link Assert}. */
  sealed interface Condition {
    /** The path exists, or does not. */
    record Exists(boolean expected) implements Condition {}

    /** The file's text (UTF-8) holds a match of the pattern, or holds none. */
    record Matches(Pattern pattern, boolean expected) implements Condition {}
  }
}
