package io.numa.avatar.backend.plan;

import static io.numa.avatar.backend.plan.Encoding.ENCODING;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.Step.Condition;
import io.numa.avatar.plan.Step.Content;
import io.numa.avatar.plan.Step.Occurrences;
import io.numa.avatar.plan.WorkspacePath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** All kinds of steps, as tables. */
final class Verbs {
  private static final Key<WorkspacePath> PATH =
      Key.required(
          "path", Values.PATH, "A path in the workspace, relative, folders separated by '/'.");
  private static final Key<Duration> TIMEOUT =
      Key.optional(
          "timeout",
          Values.TIMEOUT,
          "How long it may take: seconds, or text like 90s, 5m, 2h. Default: the runner's.");

  private static final Key<String> CONTENT =
      Key.optional("content", Values.TEXT, "All that the file is to hold.");
  private static final Key<String> SYMLINK =
      Key.optional(
          "symlink", Values.LINK_TARGET, "Makes a symbolic link to this target instead of a file.");
  private static final Key<Boolean> EXECUTABLE =
      Key.optional("executable", Values.FLAG, "Whether the file can be executed. Default: false.");

  private static final Verb WRITE =
      new Verb(
          "write",
          "Writes a whole file, or makes a symbolic link.",
          List.of(PATH, CONTENT, ENCODING, EXECUTABLE, SYMLINK),
          List.of(
              Rule.exactlyOneOf(CONTENT, SYMLINK),
              Rule.notBeside(ENCODING, SYMLINK),
              Rule.notBeside(EXECUTABLE, SYMLINK),
              Encoding.decodable(CONTENT)),
          keys -> new Step.Write(keys.get(PATH), content(keys)));

  private static final Key<String> FIND =
      Key.required("find", Values.NOT_EMPTY, "The literal text to replace.");
  private static final Key<String> REPLACE =
      Key.required("replace", Values.TEXT, "The literal text to put in its place.");
  private static final Key<Occurrences> EXPECT =
      Key.optional(
          "expect",
          Values.OCCURRENCES,
          "How often the text must occur: a number, or 'all' for once or more. Default: 1.");

  private static final Verb EDIT =
      new Verb(
          "edit",
          "Replaces literal text in a file.",
          List.of(PATH, FIND, REPLACE, EXPECT),
          List.of(),
          keys ->
              new Step.Edit(
                  keys.get(PATH),
                  keys.get(FIND),
                  keys.get(REPLACE),
                  keys.find(EXPECT).orElse(Occurrences.ONCE)));

  private static final Key<String> DIFF =
      Key.required("diff", Values.NOT_EMPTY, "A Git diff, of any number of files.");
  private static final Key<Integer> STRIP =
      Key.optional(
          "strip",
          Values.STRIP,
          "How many leading names to drop of each path in the diff. Default: 1.");

  private static final Verb PATCH =
      new Verb(
          "patch",
          "Applies a Git diff exactly.",
          List.of(DIFF, ENCODING, STRIP),
          List.of(Encoding.decodable(DIFF)),
          keys ->
              new Step.Patch(
                  new PatchText(Encoding.bytes(keys, DIFF), keys.find(STRIP).orElse(1))));

  private static final Key<WorkspacePath> FROM =
      Key.required("from", Values.PATH, "The file or folder that is there.");
  private static final Key<WorkspacePath> TO =
      Key.required("to", Values.PATH, "The path it is to have; folders on the way are made.");
  private static final Key<Boolean> OVERWRITE =
      Key.optional(
          "overwrite",
          Values.FLAG,
          "Whether what is at the target may be replaced. Default: false.");

  private static final Verb MOVE =
      new Verb(
          "move",
          "Renames a file or folder.",
          List.of(FROM, TO, OVERWRITE),
          List.of(),
          keys -> new Step.Move(keys.get(FROM), keys.get(TO), keys.is(OVERWRITE)));

  private static final Verb COPY =
      new Verb(
          "copy",
          "Copies a file or folder.",
          List.of(FROM, TO, OVERWRITE),
          List.of(),
          keys -> new Step.Copy(keys.get(FROM), keys.get(TO), keys.is(OVERWRITE)));

  private static final Key<Boolean> MISSING_OK =
      Key.optional(
          "missing_ok", Values.FLAG, "Whether it is fine if nothing is there. Default: false.");

  private static final Verb DELETE =
      new Verb(
          "delete",
          "Removes a file, or a folder whole.",
          List.of(PATH, MISSING_OK),
          List.of(),
          keys -> new Step.Delete(keys.get(PATH), keys.is(MISSING_OK)));

  private static final Key<Boolean> EXECUTABLE_OR_NOT =
      Key.required("executable", Values.FLAG, "Whether the file is to be executable.");

  private static final Verb CHMOD =
      new Verb(
          "chmod",
          "Sets or clears a file's executable bit.",
          List.of(PATH, EXECUTABLE_OR_NOT),
          List.of(),
          keys -> new Step.Chmod(keys.get(PATH), keys.get(EXECUTABLE_OR_NOT)));

  private static final Key<Boolean> EXISTS =
      Key.optional("exists", Values.FLAG, "Whether something must be at the path, or nothing.");
  private static final Key<Pattern> MATCHES =
      Key.optional(
          "matches",
          Values.REGEX,
          "A Java regular expression that must be found in the file; ^ and $ match at lines.");
  private static final Key<Pattern> NOT_MATCHES =
      Key.optional(
          "not_matches",
          Values.REGEX,
          "A Java regular expression that must not be found in the file.");

  private static final Verb ASSERT =
      new Verb(
          "assert",
          "Checks a condition on the workspace, changes nothing.",
          List.of(PATH, EXISTS, MATCHES, NOT_MATCHES),
          List.of(Rule.exactlyOneOf(EXISTS, MATCHES, NOT_MATCHES)),
          keys -> new Step.Assert(keys.get(PATH), condition(keys)));

  private static final Key<CommandLine> COMMAND =
      Key.required(
          "command",
          Commands.COMMAND,
          "A line for /bin/sh -c, or a list of a program and its arguments.");
  private static final Key<Optional<WorkspacePath>> CWD =
      Key.optional("cwd", Values.FOLDER, "The folder to run in. Default: the workspace's root.");
  private static final Key<Map<String, String>> ENV =
      Key.optional(
          "env",
          Commands.ENVIRONMENT,
          "Variables beside those that the configuration lets through.");
  private static final Key<Set<Integer>> EXIT_CODES =
      Key.optional(
          "exit_codes", Commands.EXIT_CODES, "The exit codes that mean success. Default: [0].");

  private static final Verb RUN =
      new Verb(
          "run",
          "Runs a command in the workspace.",
          List.of(COMMAND, CWD, ENV, TIMEOUT, EXIT_CODES),
          List.of(),
          keys ->
              new Step.Run(
                  keys.get(COMMAND),
                  keys.find(CWD).flatMap(folder -> folder),
                  keys.find(ENV).orElse(Map.of()),
                  keys.find(TIMEOUT),
                  keys.find(EXIT_CODES).orElse(Set.of(0))));

  private static final Key<String> PROMPT =
      Key.required("prompt", Values.WORDS, "What the agent is to do, in words.");
  private static final Key<String> AGENT_NAME =
      Key.optional(
          "agent",
          Values.WORDS,
          "The agent's name in the configuration. Default: the configured one.");

  private static final Verb AGENT =
      new Verb(
          "agent",
          "Hands a prompt to a coding agent.",
          List.of(PROMPT, AGENT_NAME, TIMEOUT),
          List.of(),
          keys -> new Step.Agent(keys.get(PROMPT), keys.find(AGENT_NAME), keys.find(TIMEOUT)));

  static final List<Verb> ALL =
      List.of(WRITE, EDIT, PATCH, MOVE, COPY, DELETE, CHMOD, ASSERT, RUN, AGENT);

  private Verbs() {}

  private static Content content(Mapping keys) {
    return keys.has(SYMLINK)
        ? new Content.Link(keys.get(SYMLINK))
        : new Content.File(Encoding.bytes(keys, CONTENT), keys.is(EXECUTABLE));
  }

  private static Condition condition(Mapping keys) {
    if (keys.has(EXISTS)) {
      return new Condition.Exists(keys.get(EXISTS));
    }
    return keys.has(MATCHES)
        ? new Condition.Matches(keys.get(MATCHES), true)
        : new Condition.Matches(keys.get(NOT_MATCHES), false);
  }
}
