/// Groups: what they are called, who may change them and who is invited. Their members and messages
/// are those of the conversation with the same id, kept by `messaging`.
///
/// Tables: `chat_group`, `group_request`, `group_invitation` with the view `open_invitation`.
@NullMarked
package io.parley.group;

import org.jspecify.annotations.NullMarked;
