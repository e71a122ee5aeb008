package io.numa.avatar.testkit.agent;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * What the test agent does: a line for each action, and a line {@code ---} before the next turn;
 * the last turn repeats. In a line's words, {@code \n} is a line break. A word in quotes may hold
 * spaces, also at its ends; the rest of the line is the last word of an action.
 *
 * <pre>
 * say TEXT                 thinks and says: think TEXT, plan [x] DONE;[ ] NEXT
 * write PATH TEXT          works: append PATH TEXT, delete PATH, read PATH, shell LINE
 * ask-write PATH TEXT      asks for permission, then writes; ask KIND PATH TITLE asks alone
 * tool TITLE RESULT        claims a tool call; update-first TITLE; open-tool TITLE
 * wait MS, busy MS, hang   takes time, idle or computing
 * repeat N ACTION          does an action again and again; forever ACTION
 * raw TEXT, line BYTES     prints a line as it is; a message of that size
 * bad-utf8                 says bytes that are no characters
 * stderr TEXT              warns
 * request METHOD           asks what no client knows; notify METHOD tells so
 * prompt, env, args        says what it was told, its environment, its folder's files: ls
 * steered                  waits for a message in its turn, and says it; steered ACTION does that
 *                          action then, with the message in place of {message}
 * daemon SECONDS           leaves a process behind, in a session of its own
 * model TEXT               asks the model by OPENAI_BASE_URL, and says the answer; an answer that
 *                          is an error ends the turn, but not that of try-model TEXT
 * error CODE TEXT          ends the turn: stop REASON, exit CODE
 * </pre>
 */
record TestAgentScript(List<List<String>> turns) {
  static TestAgentScript of(String text) {
    var turns = new ArrayList<List<String>>();
    turns.add(new ArrayList<>());
    for (String line : text.lines().toList()) {
      if (line.equals("---")) {
        turns.add(new ArrayList<>());
      } else if (!line.isBlank()) {
        turns.get(turns.size() - 1).add(line.strip());
      }
    }
    return new TestAgentScript(turns);
  }

  /** The lines for an agent that does what a {@link ScriptedCodingAgent} would do. */
  static String lines(List<List<AgentAction>> turns) {
    return turns.stream()
        .map(turn -> turn.stream().map(TestAgentScript::line).collect(joining("\n")))
        .collect(joining("\n---\n"));
  }

  /** An action as a line; what it cannot do is a line without effect. */
  private static String line(AgentAction action) {
    if (action instanceof AgentAction.Say say) {
      return "say " + quoted(say.text());
    }
    if (action instanceof AgentAction.Think think) {
      return "think " + quoted(think.text());
    }
    if (action instanceof AgentAction.Plan plan) {
      return "plan " + String.join(";", plan.entries());
    }
    if (action instanceof AgentAction.Write write) {
      return "write " + quoted(write.path()) + ' ' + quoted(write.text().stripTrailing());
    }
    if (action instanceof AgentAction.Delete delete) {
      return "delete " + delete.path();
    }
    if (action instanceof AgentAction.Call call) {
      return "tool " + quoted(call.title()) + ' ' + quoted(call.result());
    }
    return end(action);
  }

  private static String end(AgentAction action) {
    if (action instanceof AgentAction.Hang) {
      return "hang";
    }
    if (action instanceof AgentAction.Listen) {
      return "steered";
    }
    if (action instanceof AgentAction.Refuse) {
      return "stop refusal";
    }
    if (action instanceof AgentAction.Fail fail) {
      return "stderr " + quoted(fail.message()) + "\nexit 9";
    }
    return "say \"\"";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\n", "\\n") + '"';
  }

  List<String> turn(int number) {
    return turns.get(Math.min(number, turns.size() - 1));
  }

  /** The first words of a line, and its rest. */
  static List<String> words(String line, int count) {
    var words = new ArrayList<String>();
    String rest = line;
    while (words.size() < count - 1 && !rest.isEmpty()) {
      boolean quoted = rest.startsWith("\"");
      int end = quoted ? rest.indexOf('"', 1) : (rest + ' ').indexOf(' ');
      words.add(unescaped(rest.substring(quoted ? 1 : 0, end)));
      rest = rest.substring(Math.min(rest.length(), quoted ? end + 1 : end)).stripLeading();
    }
    boolean quoted = rest.length() > 1 && rest.startsWith("\"") && rest.endsWith("\"");
    words.add(unescaped(quoted ? rest.substring(1, rest.length() - 1) : rest));
    while (words.size() < count) {
      words.add("");
    }
    return words;
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n");
  }
}
