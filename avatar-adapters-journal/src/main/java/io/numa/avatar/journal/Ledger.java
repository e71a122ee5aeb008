package io.numa.avatar.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.numa.avatar.port.journal.LedgerJournal;
import io.numa.avatar.port.money.LedgerEntry;
import io.numa.avatar.port.money.Payer;
import io.numa.avatar.task.agent.AgentUsage;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** Writes and reads what agents have spent, day by day. Days are text, which sorts as they do. */
final class Ledger {
  private Ledger() {}

  /** Adds in Java, as SQLite has no exact decimals. */
  static int add(Database database, LedgerEntry more) throws SQLException, JsonProcessingException {
    String day = more.day().toString();
    Payer payer = more.payer();
    AgentUsage sum =
        database
            .query(
                "SELECT document FROM ledger WHERE day = ? AND agent = ? AND repository = ?",
                row -> Documents.read(AgentUsage.class, row.getString(1)),
                day,
                payer.agent(),
                payer.repository())
            .stream()
            .reduce(more.usage(), AgentUsage::plus);
    database.update(
        "DELETE FROM ledger WHERE day < ?",
        more.day().minusDays(LedgerJournal.DAYS_KEPT).toString());
    return database.update(
        """
        INSERT INTO ledger (day, agent, repository, document) VALUES (?, ?, ?, ?)
        ON CONFLICT (day, agent, repository) DO UPDATE SET document = excluded.document""",
        day,
        payer.agent(),
        payer.repository(),
        Documents.write(sum));
  }

  static List<LedgerEntry> from(Database database, LocalDate first)
      throws SQLException, JsonProcessingException {
    return database.query(
        """
        SELECT day, agent, repository, document FROM ledger WHERE day >= ?
        ORDER BY day, agent, repository""",
        row ->
            new LedgerEntry(
                LocalDate.parse(row.getString(1)),
                new Payer(row.getString(2), row.getString(3)),
                Documents.read(AgentUsage.class, row.getString(4))),
        first.toString());
  }
}
