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
  private static final Key<WorkspacePath> PATH = Key.required("path", Values.PATH);
  private static final Key<Duration> TIMEOUT = Key.optional("timeout", Values.TIMEOUT);

  private static final Key<String> CONTENT = Key.optional("content", Values.TEXT);
  private static final Key<String> SYMLINK = Key.optional("symlink", Values.LINK_TARGET);
  private static final Key<Boolean> EXECUTABLE = Key.optional("executable", Values.FLAG);

  private static final Verb WRITE =
      new Verb(
          "write",
          List.of(PATH, CONTENT, ENCODING, EXECUTABLE, SYMLINK),
          List.of(
              Rule.exactlyOneOf(CONTENT, SYMLINK),
              Rule.notBeside(ENCODING, SYMLINK),
              Rule.notBeside(EXECUTABLE, SYMLINK),
              Encoding.decodable(CONTENT)),
          keys -> new Step.Write(keys.get(PATH), content(keys)));

  private static final Key<String> FIND = Key.required("find", Values.NOT_EMPTY);
  private static final Key<String> REPLACE = Key.required("replace", Values.TEXT);
  private static final Key<Occurrences> EXPECT = Key.optional("expect", Values.OCCURRENCES);

  private static final Verb EDIT =
      new Verb(
          "edit",
          List.of(PATH, FIND, REPLACE, EXPECT),
          List.of(),
          keys ->
              new Step.Edit(
                  keys.get(PATH),
                  keys.get(FIND),
                  keys.get(REPLACE),
                  keys.find(EXPECT).orElse(Occurrences.ONCE)));

  private static final Key<String> DIFF = Key.required("diff", Values.NOT_EMPTY);
  private static final Key<Integer> STRIP = Key.optional("strip", Values.STRIP);

  private static final Verb PATCH =
      new Verb(
          "patch",
          List.of(DIFF, ENCODING, STRIP),
          List.of(Encoding.decodable(DIFF)),
          keys ->
              new Step.Patch(
                  new PatchText(Encoding.bytes(keys, DIFF), keys.find(STRIP).orElse(1))));

  private static final Key<WorkspacePath> FROM = Key.required("from", Values.PATH);
  private static final Key<WorkspacePath> TO = Key.required("to", Values.PATH);
  private static final Key<Boolean> OVERWRITE = Key.optional("overwrite", Values.FLAG);

  private static final Verb MOVE =
      new Verb(
          "move",
          List.of(FROM, TO, OVERWRITE),
          List.of(),
          keys -> new Step.Move(keys.get(FROM), keys.get(TO), keys.is(OVERWRITE)));

  private static final Verb COPY =
      new Verb(
          "copy",
          List.of(FROM, TO, OVERWRITE),
          List.of(),
          keys -> new Step.Copy(keys.get(FROM), keys.get(TO), keys.is(OVERWRITE)));

  private static final Key<Boolean> MISSING_OK = Key.optional("missing_ok", Values.FLAG);

  private static final Verb DELETE =
      new Verb(
          "delete",
          List.of(PATH, MISSING_OK),
          List.of(),
          keys -> new Step.Delete(keys.get(PATH), keys.is(MISSING_OK)));

  private static final Key<Boolean> EXECUTABLE_OR_NOT = Key.required("executable", Values.FLAG);

  private static final Verb CHMOD =
      new Verb(
          "chmod",
          List.of(PATH, EXECUTABLE_OR_NOT),
          List.of(),
          keys -> new Step.Chmod(keys.get(PATH), keys.get(EXECUTABLE_OR_NOT)));

  private static final Key<Boolean> EXISTS = Key.optional("exists", Values.FLAG);
  private static final Key<Pattern> MATCHES = Key.optional("matches", Values.REGEX);
  private static final Key<Pattern> NOT_MATCHES = Key.optional("not_matches", Values.REGEX);

  private static final Verb ASSERT =
      new Verb(
          "assert",
          List.of(PATH, EXISTS, MATCHES, NOT_MATCHES),
          List.of(Rule.exactlyOneOf(EXISTS, MATCHES, NOT_MATCHES)),
          keys -> new Step.Assert(keys.get(PATH), condition(keys)));

  private static final Key<CommandLine> COMMAND = Key.required("command", Values.COMMAND);
  private static final Key<Optional<WorkspacePath>> CWD = Key.optional("cwd", Values.FOLDER);
  private static final Key<Map<String, String>> ENV = Key.optional("env", Values.ENVIRONMENT);
  private static final Key<Set<Integer>> EXIT_CODES = Key.optional("exit_codes", Values.EXIT_CODES);

  private static final Verb RUN =
      new Verb(
          "run",
          List.of(COMMAND, CWD, ENV, TIMEOUT, EXIT_CODES),
          List.of(),
          keys ->
              new Step.Run(
                  keys.get(COMMAND),
                  keys.find(CWD).flatMap(folder -> folder),
                  keys.find(ENV).orElse(Map.of()),
                  keys.find(TIMEOUT),
                  keys.find(EXIT_CODES).orElse(Set.of(0))));

  private static final Key<String> PROMPT = Key.required("prompt", Values.WORDS);
  private static final Key<String> AGENT_NAME = Key.optional("agent", Values.WORDS);

  private static final Verb AGENT =
      new Verb(
          "agent",
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
