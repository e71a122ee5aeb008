package io.numa.avatar.operation.advice;

import io.numa.avatar.task.FailureKind;

/** The sentences of advice in English. */
final class EnglishAdvice {
  private EnglishAdvice() {}

  static AdviceText of(FailureKind kind) {
    return switch (kind) {
      case INVALID_TASK ->
          new AdviceText(
              "A field of the task or of its application is missing or not valid.",
              "The message names the field. Correct it at the backend and give the task again.");
      case INVALID_PLAN ->
          new AdviceText(
              "The plan, a patch in it, or the repository's `.numa.yaml` breaks the rules.",
              "`avatar plan check` lists all errors of a plan, each with its place. docs/plan.md"
                  + " explains every step.");
      case NO_AGENT ->
          new AdviceText(
              "The task needs a coding agent. The avatar has none, or none of this name.",
              "See `agents.available` in the configuration and the name in the task. Another avatar"
                  + " that has the agent can take the task.");
      case AGENT_LOGIN ->
          new AdviceText(
              "The model's host refused the agent's key, or the agent wants a login of its own.",
              "Check `api.key` of the agent, then run `avatar doctor --agents`.");
      case AGENT_UNAVAILABLE ->
          new AdviceText(
              "The agent's program does not start, or its model is away or over its rate.",
              "Run `avatar doctor`: it says whether the program is there. If it is, look at the"
                  + " state of the model's service and at its rate limits.");
      case AGENT_FAILED ->
          new AdviceText(
              "The agent crashed, reported an error, or ended in an unknown way.",
              "The log ends with what the agent said. See that its version is one that"
                  + " docs/agents.md names.");
      case AGENT_REFUSED ->
          new AdviceText(
              "The agent or its model refused the work.",
              "The log has its reason. Say the task in other words, or leave out what it refuses.");
      case AGENT_TIME ->
          new AdviceText(
              "The agent's time was up.",
              "Make the task smaller, or raise `limits.time` of the agent. The kept patch"
                  + " has what the agent had done.");
      case AGENT_SILENT ->
          new AdviceText(
              "The agent, or one of its tools, showed no sign of life for too long.",
              "The log shows the last tool. A command that waits for input or a slow model are the"
                  + " usual causes; the agent's `limits` say how long it may be silent.");
      case AGENT_LOOP ->
          new AdviceText(
              "The agent came to the same result again and again.",
              "The log shows the call that it repeats, or the failure that it cannot mend. Say in"
                  + " the task what it should do there.");
      case AGENT_BUDGET ->
          new AdviceText(
              "The turns, tokens or money of the task are used up, or the budget of all agents.",
              "The log says which. Make the task smaller, or raise the agent's `limits` or"
                  + " `agents.budget`; a budget begins anew with the next day or month.");
      case SANDBOX_UNAVAILABLE ->
          new AdviceText(
              "The machine cannot give the sandbox that the configuration demands.",
              "`avatar doctor` and `avatar sandbox check` say what is missing. Mostly it is"
                  + " bubblewrap, or a kernel that forbids user namespaces. docs/security.md says what"
                  + " each level needs.");
      case NOT_FOUND ->
          new AdviceText(
              "The task, its application, its repository or a branch does not exist, or the avatar"
                  + " may not see it.",
              "Check the name in the message. Many hosts also say \"not found\" when a token may not"
                  + " read a repository: then the operator must give the token more rights.");
      case UNAUTHORIZED ->
          new AdviceText(
              "The backend or a Git service refused the avatar's credentials, or there are none for"
                  + " it.",
              "The message names the host. Check `git.credentials` or `backend.api_token`: the"
                  + " token may have ended, or lack a right. `avatar doctor` tries them.");
      case TAKEN ->
          new AdviceText(
              "Another avatar has the task. This one has left it alone.",
              "Nothing is wrong if several avatars share a topic. If there is one only, the backend"
                  + " still knows an older claim.");
      case UNAVAILABLE ->
          new AdviceText(
              "A network, a server or a disk failed.",
              "The message names the host or the path. Calls are repeated for a while before this"
                  + " is said, so look for an outage, a proxy, a full disk or a wrong address."
                  + " `avatar doctor` tries each of them.");
      case INVALID_ANSWER ->
          new AdviceText(
              "A server's answer was not valid, even after retries.",
              "The message has the address. A proxy or a login page often answers in the place of"
                  + " the server; otherwise the server speaks another version of the API.");
      case DENIED ->
          new AdviceText(
              "The work touches what it must not: a protected path, a place outside of the tree, a"
                  + " host that is not allowed, a secret, or more than a limit of size.",
              "The message names the rule. Change the plan or the task; if the work is right, the"
                  + " operator changes `guard`, `execution` or `git.allowed_urls`.");
      case CONFLICT ->
          new AdviceText(
              "The tree is not as a step expects, or others have changed the same place meanwhile.",
              "The message names the file. Make the plan or the patch anew from the newest commit of"
                  + " the branch.");
      case COMMAND_FAILED ->
          new AdviceText(
              "A command of the plan or of the tests ended with another exit code than expected,"
                  + " or could not be started.",
              "The log has the command's last output. A program that is missing in the sandbox, or"
                  + " a host that the sandbox does not allow, are the usual causes where the command"
                  + " works elsewhere.");
      case TIMEOUT ->
          new AdviceText(
              "A command, or the whole task, took longer than its limit.",
              "The message says which limit. Raise `timeout` of the step, or `execution`'s limits,"
                  + " or find in the log what the command waited for.");
      case TESTS_FAILED ->
          new AdviceText(
              "The project's tests fail with the change, so nothing was pushed.",
              "The story of the task lists the tests that fail: those that failed before the change"
                  + " are marked as known. The kept patch has the change.");
      case REVIEW_FAILED ->
          new AdviceText(
              "The review by another coding agent found a blocker in the change, or came to no"
                  + " verdict, so nothing was pushed.",
              "The story of the task lists the findings, and the kept patch has the change. If the"
                  + " reviewer is wrong, say in the task what is right, or let `review.action` be"
                  + " `report`.");
      case NO_CHANGES ->
          new AdviceText(
              "The work left the tree as it was.",
              "Perhaps the change is in the branch already. A plan for which that is right says"
                  + " `allow_empty: true`. For an agent, say more exactly what is to change.");
      case PUSH_REJECTED ->
          new AdviceText(
              "The Git host refused the push, or its branch moved too often.",
              "The message has the host's words: a protected branch, a hook, a rule for messages or"
                  + " authors, or a full quota. Let the avatar push to another branch, or change the"
                  + " rule.");
      case INTERRUPTED ->
          new AdviceText(
              "The avatar was stopped during each of the allowed attempts.",
              "See in the avatar's log why it stopped: restarts, lack of memory, a kill. Then give"
                  + " the task again. `execution.max_attempts` is the number of attempts.");
      case INTERNAL ->
          new AdviceText(
              "The avatar has a defect.",
              "The avatar's log has the place in the code. Please report it with the version from"
                  + " `avatar --version`.");
    };
  }
}
