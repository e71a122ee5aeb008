package io.numa.avatar.cli.command.operate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.cli.command.common.ExitCode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.console.Harmless;
import io.numa.avatar.server.call.RefusedCallException;
import io.numa.avatar.server.document.Documents;
import io.numa.avatar.server.document.Problem;
import java.util.function.IntSupplier;

/** Makes exit codes of calls that were not carried out, and tells why they were not. */
record Answers(Terminals terminals, boolean json) {
  /** Runs a command's work; it returns the exit code if its calls are carried out. */
  int run(IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (RefusedCallException e) {
      return refused(e.problem());
    } catch (NotRunningException e) {
      terminals.err().println(Harmless.text(e.reason()));
      terminals.err().flush();
      return ExitCode.NOT_RUNNING;
    }
  }

  private int refused(Problem problem) {
    if (json) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      document.set("error", Documents.error(problem));
      terminals.out().println(document);
      terminals.out().flush();
    }
    terminals.err().println(Harmless.text(problem.text() + "; " + problem.remedy()));
    terminals.err().flush();
    return problem.kind() == Problem.Kind.BAD_REQUEST ? ExitCode.USAGE : ExitCode.FAILED;
  }
}
