import 'kassa/react';
