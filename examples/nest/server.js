import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { toNodeHandler } from 'kassa/server';
import { kassa } from './kassa.js';

class AppModule {}
Module({})(AppModule);

const app = await NestFactory.create(AppModule, { rawBody: true, logger: ['error'] });
app.use('/kassa', toNodeHandler(kassa.fetch));
app.useStaticAssets('public');
app.useStaticAssets('node_modules/kassa/dist/browser');
await app.listen(process.env.PORT ?? 3000);
