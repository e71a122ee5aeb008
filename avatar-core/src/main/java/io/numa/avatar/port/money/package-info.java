/** What an avatar spends on models, and the budget that bounds it. */
@NullMarked
package io.numa.avatar.port.money;

import org.jspecify.annotations.NullMarked;
