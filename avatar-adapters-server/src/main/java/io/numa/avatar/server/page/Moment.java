package io.numa.avatar.server.page;

/**
 * A time as a page shows it.
 *
 * @param iso for programs
 * @param exact in UTC, to the second
 * @param ago how long ago, or in how long
 */
record Moment(String iso, String exact, String ago) {}
