/**
 * The control socket: by it, commands on the same machine ask a running avatar and tell it what to
 * do. Each request and each answer is a line of JSON.
 */
@NullMarked
package io.numa.avatar.server.control;

import org.jspecify.annotations.NullMarked;
