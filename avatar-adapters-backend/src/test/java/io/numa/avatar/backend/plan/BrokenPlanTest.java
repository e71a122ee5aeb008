package io.numa.avatar.backend.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.numa.avatar.document.ParsedText;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class BrokenPlanTest {
  private final PlanReader reader = new PlanReader();

  static Stream<Arguments> steps() {
    return Stream.of(
        arguments("write: {path: a}", "/steps/0/write: needs one of the keys 'content', 'symlink'"),
        arguments(
            "write: {path: a, content: x, symlink: b}",
            "/steps/0/write: has the keys 'content', 'symlink', of which only one may be there"),
        arguments(
            "write: {path: a, symlink: b, executable: true}",
            "/steps/0/write/executable: 'executable' means nothing beside 'symlink'"),
        arguments(
            "write: {path: a, content: '????', encoding: base64}",
            "/steps/0/write/content: is no base64: Illegal base64 character 3f"),
        arguments(
            "write: {path: a, content: x, encoding: latin1}",
            "/steps/0/write/encoding: must be one of utf-8, base64, not 'latin1'"),
        arguments(
            "write: {path: a, content: 12}",
            "/steps/0/write/content: must be text, not the number 12"),
        arguments(
            "write: {path: a, content: \"\\ud83d\"}",
            "/steps/0/write/content: holds half of a surrogate pair, which is no character"),
        arguments(
            "write: {path: ../a, content: x}",
            "/steps/0/write/path: the path '../a' leads upwards"),
        arguments(
            "write: {path: .GIT/hooks/x, content: x}",
            "/steps/0/write/path: the path '.GIT/hooks/x' leads into a Git directory"),
        arguments("edit: {path: a, replace: x}", "/steps/0/edit: 'edit' needs the key 'find'"),
        arguments("edit: {path: a, find: '', replace: x}", "/steps/0/edit/find: is empty"),
        arguments(
            "edit: {path: a, find: b, replace: x, expect: 0}",
            "/steps/0/edit/expect: must be a whole number from 1, or 'all', not the number 0"),
        arguments(
            "edit: {path: a, find: b, replace: x, expect: 1.5}",
            "/steps/0/edit/expect: must be a whole number from 1, or 'all', not the number 1.5"),
        arguments(
            "edit: {path: a, finds: b, replace: x, find: b}",
            "/steps/0/edit/finds: 'edit' has no key 'finds'; did you mean 'find'?"),
        arguments(
            "edit: {path: a, find: b, replace: x, colour: red}",
            "/steps/0/edit/colour: 'edit' has no key 'colour'; known are path, find, replace, expect"),
        arguments("patch: {diff: ''}", "/steps/0/patch/diff: is empty"),
        arguments(
            "patch: {diff: x, strip: -1}",
            "/steps/0/patch/strip: must be a whole number from 0, not the number -1"),
        arguments("move: {from: a}", "/steps/0/move: 'move' needs the key 'to'"),
        arguments(
            "copy: {from: a, to: b, overwrite: 'yes'}",
            "/steps/0/copy/overwrite: must be true or false, not text"),
        arguments("delete: a", "/steps/0/delete: 'delete' must be a mapping, not text"),
        arguments(
            "delete: {path: a, missing-ok: true}",
            "/steps/0/delete/missing-ok: 'delete' has no key 'missing-ok'; did you mean 'missing_ok'?"),
        arguments("chmod: {path: a}", "/steps/0/chmod: 'chmod' needs the key 'executable'"),
        arguments(
            "assert: {path: a}",
            "/steps/0/assert: needs one of the keys 'exists', 'matches', 'not_matches'"),
        arguments(
            "assert: {path: a, exists: true, matches: x}",
            "/steps/0/assert: has the keys 'exists', 'matches', of which only one may be there"),
        arguments(
            "assert: {path: a, matches: '['}",
            "/steps/0/assert/matches: is no regular expression: Unclosed character class"),
        arguments(
            "assert: {path: a, matches: '(?:(?:){1000}){1001}'}",
            "/steps/0/assert/matches: repeats too much: the numbers in '{…}' multiply to more than"
                + " 1000000"),
        arguments(
            "assert: {path: a, not_matches: '(?x)(){ 9 9 9 9 9 9 9}'}",
            "/steps/0/assert/not_matches: repeats too much: the numbers in '{…}' multiply to more"
                + " than 1000000"),
        arguments(
            "run: {command: ' '}",
            "/steps/0/run/command: a command must be text without NUL, and not blank"),
        arguments("run: {command: []}", "/steps/0/run/command: a command must name a program"),
        arguments(
            "run: {command: [sleep, 5]}",
            "/steps/0/run/command: must be a list of texts, but holds the number 5; put it in quotes"),
        arguments(
            "run: {command: {a: b}}",
            "/steps/0/run/command: must be text (a line for the shell) or a list (a program and its"
                + " arguments), not a mapping"),
        arguments(
            "run: {command: x, cwd: /tmp}",
            "/steps/0/run/cwd: the path '/tmp' is not relative to the workspace"),
        arguments(
            "run: {command: x, env: {CI: 1}}",
            "/steps/0/run/env/CI: must be text, not the number 1; put it in quotes"),
        arguments(
            "run: {command: x, env: {'a/b=': x}}",
            "/steps/0/run/env/a~1b=: a variable's name must not be empty, nor hold '=' or NUL"),
        arguments(
            "run: {command: x, timeout: 0}",
            "/steps/0/run/timeout: must be a number of seconds above 0, or text like 90s, 5m, 2h, up"
                + " to a year; not 0"),
        arguments(
            "run: {command: x, timeout: 999999999h}",
            "/steps/0/run/timeout: must be a number of seconds above 0, or text like 90s, 5m, 2h, up"
                + " to a year; not 999999999h"),
        arguments(
            "run: {command: x, exit_codes: []}",
            "/steps/0/run/exit_codes: is empty: no exit code would be a success"),
        arguments(
            "run: {command: x, exit_codes: [256]}",
            "/steps/0/run/exit_codes: must be a list of numbers from 0 to 255, but holds the number"
                + " 256"),
        arguments("agent: {prompt: ' '}", "/steps/0/agent/prompt: is blank"),
        arguments("name: ''\n  delete: {path: a}", "/steps/0/name: is blank"),
        arguments(
            "name: x",
            "/steps/0: does nothing; it needs one of write, edit, patch, move, copy, delete, chmod,"
                + " assert, run, agent"),
        arguments(
            "wirte: {path: a}", "/steps/0/wirte: there is no step 'wirte'; did you mean 'write'?"),
        arguments(
            "delete: {path: a}\n  chmod: {path: a, executable: true}",
            "/steps/0: does more than one thing: delete, chmod; make it 2 steps"),
        arguments("just words", "/steps/0: a step must be a mapping, not text"),
        arguments(
            "delete: {path: a}\n  delete: {path: b}",
            "/steps/0/delete: the key 'delete' stands here twice"));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void saysWhatIsWrongWithAStep(String step, String problem) {
    assertThat(problems("version: 1\nsteps:\n- " + step)).containsExactly(problem);
  }

  static Stream<Arguments> plans() {
    return Stream.of(
        arguments("steps: [delete: {path: a}]", "'plan' needs the key 'version'"),
        arguments(
            "{version: 2, steps: [delete: {path: a}]}", "/version: must be 1, not the number 2"),
        arguments("{version: '1', steps: [delete: {path: a}]}", "/version: must be 1, not text"),
        arguments("{version: 1, steps: []}", "/steps: is empty; a plan needs at least one step"),
        arguments(
            "{version: 1, steps: {delete: {path: a}}}",
            "/steps: must be a list of steps, not a mapping"),
        arguments(
            "{version: 1, steps: [delete: {path: a}], comit: {message: x}}",
            "/comit: 'plan' has no key 'comit'; did you mean 'commit'?"),
        arguments(
            "{version: 1, steps: [delete: {path: a}], commit: {message: ' '}}",
            "/commit/message: is blank"),
        arguments(
            "{version: 1, steps: [delete: {path: a}], commit: x}",
            "/commit: 'commit' must be a mapping, not text"),
        arguments(
            "{version: 1, steps: [delete: {path: a}], test: {timeout: soon}}",
            "/test/timeout: must be a number of seconds above 0, or text like 90s, 5m, 2h, up to a"
                + " year; not soon"),
        arguments(
            "{version: 1, steps: [delete: {path: a}], allow_empty: 1}",
            "/allow_empty: must be true or false, not the number 1"),
        arguments(
            "version: 1\nversion: 1\nsteps: [delete: {path: a}]",
            "/version: the key 'version' stands here twice"));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void saysWhatIsWrongWithThePlan(String plan, String problem) {
    assertThat(problems(plan)).containsExactly(problem);
  }

  @Test
  void saysEverythingAtOnce() {
    assertThat(
            problems(
                """
                {"version": 3, "step": [], "steps": [
                  {"edit": {"path": "/a", "fnd": "x", "replace": 1}},
                  {"delete": {"path": "ok"}},
                  {"run": {"command": "", "cwd": ".."}}]}
                """))
        .containsExactlyInAnyOrder(
            "/step: 'plan' has no key 'step'; did you mean 'steps'?",
            "/version: must be 1, not the number 3",
            "/steps/0/edit/fnd: 'edit' has no key 'fnd'; did you mean 'find'?",
            "/steps/0/edit/path: the path '/a' is not relative to the workspace",
            "/steps/0/edit: 'edit' needs the key 'find'",
            "/steps/0/edit/replace: must be text, not the number 1",
            "/steps/2/run/command: a command must be text without NUL, and not blank",
            "/steps/2/run/cwd: the path '..' leads upwards");
  }

  @Test
  void saysWhereAPlanStopsMakingSense() {
    assertThat(problems("version: 1\nsteps:\n  - write: {path: a, content: \"x}\n"))
        .singleElement()
        .asString()
        .startsWith("could not be parsed: line ");
  }

  @Test
  void saysThatAPlanIsNoMapping() {
    assertThat(reader.read(JsonNodeFactory.instance.arrayNode()))
        .isEqualTo(
            new PlanSource.Invalid(
                List.of(new PlanProblem("", "'plan' must be a mapping, not a list"))));
  }

  @Test
  void refusesAliases() {
    assertThat(problems("version: 1\nsteps: [copy: {from: &a b, to: *a}]"))
        .singleElement()
        .asString()
        .endsWith("aliases are not understood here; write out what *a is");
  }

  @Test
  void refusesASecondDocument() {
    assertThat(problems("version: 1\nsteps: [delete: {path: a}]\n---\nmore: true\n"))
        .singleElement()
        .asString()
        .endsWith("there is more behind the end of the document");
  }

  @Test
  void refusesNestingWithoutEnd() {
    String deep = "version: 1\nsteps: " + "[".repeat(100_000);

    assertThat(problems(deep)).singleElement().asString().startsWith("could not be parsed");
  }

  @Test
  void refusesBinaryValues() {
    assertThat(problems("version: 1\nsteps: [write: {path: a, content: !!binary aGk=}]"))
        .singleElement()
        .asString()
        .endsWith("there is a value that is neither text, number, list nor mapping");
  }

  @Test
  void refusesATextWithoutEnd() {
    assertThat(problems("x".repeat(ParsedText.MAX_CHARS + 1)))
        .containsExactly("is larger than 32 million characters");
  }

  private List<String> problems(String text) {
    PlanSource source = reader.read(text);
    assertThat(source).isInstanceOf(PlanSource.Invalid.class);
    return ((PlanSource.Invalid) source).problems().stream().map(PlanProblem::toString).toList();
  }
}
