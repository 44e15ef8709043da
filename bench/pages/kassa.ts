/** Ours: the script-tag file as published. The session is there already, as the floor's address is. */
import 'kassa/define';
