package io.numa.avatar.egress.internal.relay;

/** How a connection ends that leads nowhere. */
enum Failing {
  /** The client expects another protocol than HTTP, and so is told nothing. */
  SILENT {
    @Override
    void end(Connection connection, ErrorAnswer answer, String reason) {
      connection.close();
    }
  },

  /** The client waits for an answer of HTTP. */
  HTTP {
    @Override
    void end(Connection connection, ErrorAnswer answer, String reason) {
      FarewellStage.begin(connection, answer.text(reason));
    }
  };

  abstract void end(Connection connection, ErrorAnswer answer, String reason);
}
