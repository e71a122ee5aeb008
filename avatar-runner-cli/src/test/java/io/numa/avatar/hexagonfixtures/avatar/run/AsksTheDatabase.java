package io.numa.avatar.hexagonfixtures.avatar.run;

import java.sql.Connection;

/** Breaks: the database stays with the journal. */
record AsksTheDatabase(Connection connection) {}
