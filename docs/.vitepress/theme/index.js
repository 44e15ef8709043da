import DefaultTheme from 'vitepress/theme';
import './style.css';
import ThemePreview from './ThemePreview.vue';

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => app.component('ThemePreview', ThemePreview),
};
